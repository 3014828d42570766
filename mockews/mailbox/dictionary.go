package mailbox

import (
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// dictionaryOf is the property of which a path with an index names an entry (MS docs: IndexedFieldURI), "" for none.
func dictionaryOf(uri string) string {
	switch {
	case uri == "contacts:EmailAddress":
		return "contacts:EmailAddresses"
	case uri == "contacts:PhoneNumber":
		return "contacts:PhoneNumbers"
	case uri == "contacts:ImAddress":
		return "contacts:ImAddresses"
	case strings.HasPrefix(uri, "contacts:PhysicalAddress:"):
		return "contacts:PhysicalAddresses"
	case uri == "item:InternetMessageHeader":
		return "item:InternetMessageHeaders"
	}
	return ""
}

// entryOf is the text of an entry, false if there is none.
func entryOf(dictionary any, path ews.Path) (string, bool) {
	switch d := dictionary.(type) {
	case ews.EmailAddresses:
		for _, e := range d.Entries {
			if e.Key == path.Index {
				return e.Address, true
			}
		}
	case ews.Entries:
		for _, e := range d.Entries {
			if e.Key == path.Index {
				return e.Value, true
			}
		}
	case ews.PhysicalAddresses:
		for i := range d.Entries {
			if d.Entries[i].Key == path.Index {
				part := *addressPart(&d.Entries[i], path.URI)
				return part, part != ""
			}
		}
	case ews.InternetHeaders:
		for _, h := range d.Headers {
			if strings.EqualFold(h.Name, path.Index) {
				return h.Value, true
			}
		}
	}
	return "", false
}

// addressPart is the part of an address that a path names.
func addressPart(a *ews.PhysicalAddress, uri string) *string {
	switch strings.TrimPrefix(uri, "contacts:PhysicalAddress:") {
	case "Street":
		return &a.Street
	case "City":
		return &a.City
	case "State":
		return &a.State
	case "CountryOrRegion":
		return &a.CountryOrRegion
	}
	return &a.PostalCode
}

// pick is a dictionary with those entries alone that have one of the keys.
func pick(dictionary any, keys []string) any {
	other := func(key string) bool {
		return !slices.ContainsFunc(keys, func(k string) bool { return strings.EqualFold(k, key) })
	}
	switch d := dictionary.(type) {
	case ews.EmailAddresses:
		d.Entries = slices.DeleteFunc(slices.Clone(d.Entries), func(e ews.EmailEntry) bool { return other(e.Key) })
		return d
	case ews.Entries:
		d.Entries = slices.DeleteFunc(slices.Clone(d.Entries), func(e ews.Entry) bool { return other(e.Key) })
		return d
	case ews.PhysicalAddresses:
		d.Entries = slices.DeleteFunc(slices.Clone(d.Entries), func(e ews.PhysicalAddress) bool { return other(e.Key) })
		return d
	case ews.InternetHeaders:
		d.Headers = slices.DeleteFunc(slices.Clone(d.Headers), func(h ews.InternetHeader) bool { return other(h.Name) })
		return d
	}
	return nil
}

// merge is a dictionary with the entries of another one put into it: of an address, the part that the path names.
func merge(dictionary, with any, path ews.Path) any {
	switch w := with.(type) {
	case ews.EmailAddresses:
		d, _ := dictionary.(ews.EmailAddresses)
		d.Entries = slices.Clone(d.Entries)
		for _, e := range w.Entries {
			d.Entries = put(d.Entries, e, func(o ews.EmailEntry) bool { return o.Key == e.Key })
		}
		return d
	case ews.Entries:
		d, _ := dictionary.(ews.Entries)
		d.Entries = slices.Clone(d.Entries)
		for _, e := range w.Entries {
			d.Entries = put(d.Entries, e, func(o ews.Entry) bool { return o.Key == e.Key })
		}
		return d
	case ews.PhysicalAddresses:
		return mergeAddresses(dictionary, w, path)
	}
	return with
}

func mergeAddresses(dictionary any, with ews.PhysicalAddresses, path ews.Path) any {
	d, _ := dictionary.(ews.PhysicalAddresses)
	d.Entries = slices.Clone(d.Entries)
	for _, e := range with.Entries {
		i := slices.IndexFunc(d.Entries, func(o ews.PhysicalAddress) bool { return o.Key == e.Key })
		if i < 0 {
			d.Entries = append(d.Entries, ews.PhysicalAddress{Key: e.Key})
			i = len(d.Entries) - 1
		}
		*addressPart(&d.Entries[i], path.URI) = *addressPart(&e, path.URI)
	}
	return d
}

// put replaces the entry that is the same, or adds it.
func put[E any](entries []E, e E, same func(E) bool) []E {
	if i := slices.IndexFunc(entries, same); i >= 0 {
		entries[i] = e
		return entries
	}
	return append(entries, e)
}

// without is a dictionary without the entry, or the part of an address, that a path names.
func without(dictionary any, path ews.Path) any {
	switch d := dictionary.(type) {
	case ews.EmailAddresses:
		d.Entries = slices.DeleteFunc(slices.Clone(d.Entries), func(e ews.EmailEntry) bool { return e.Key == path.Index })
		return d
	case ews.Entries:
		d.Entries = slices.DeleteFunc(slices.Clone(d.Entries), func(e ews.Entry) bool { return e.Key == path.Index })
		return d
	case ews.PhysicalAddresses:
		d.Entries = slices.Clone(d.Entries)
		for i := range d.Entries {
			if d.Entries[i].Key == path.Index {
				*addressPart(&d.Entries[i], path.URI) = ""
			}
		}
		return d
	}
	return nil
}
