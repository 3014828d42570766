package fault

import (
	"reflect"
	"slices"
)

// Fault is what a rule does: exactly one of the kinds. In a file the kind is the key, and its parameters are below it,
// {} if there are none.
type Fault struct {
	None         *None         `yaml:"none"`
	Latency      *Latency      `yaml:"latency"`
	SOAP         *SOAP         `yaml:"soap"`
	Message      *Message      `yaml:"message"`
	Page         *Page         `yaml:"page"`
	WrongSite    *WrongSite    `yaml:"wrong_site"`
	TokenLost    *TokenLost    `yaml:"token_lost"`
	BackEndDown  *BackEndDown  `yaml:"back_end_down"`
	LinkDown     *LinkDown     `yaml:"link_down"`
	Reset        *Reset        `yaml:"reset"`
	Half         *Half         `yaml:"half"`
	Drip         *Drip         `yaml:"drip"`
	Hang         *Hang         `yaml:"hang"`
	StreamClosed *StreamClosed `yaml:"stream_closed"`
}

// Kind is a kind of fault with its parameters.
type Kind interface {
	// Source is what allows a server to behave so: a document, a capture, or the honest word that there is none.
	Source() string
	// check reports parameters that make no sense.
	check(c *checker)
	// inject adds the fault to what the call meets. It is false if an earlier rule has left nothing to do.
	inject(d draw, c *Call, e *Effect) bool
}

// picky is a kind that some calls cannot meet. They neither count nor draw.
type picky interface{ concerns(c *Call) bool }

// Kinds are all kinds by name, with their zero values.
func Kinds() map[string]Kind {
	kinds := map[string]Kind{}
	for f := range reflect.TypeFor[Fault]().Fields() {
		kinds[f.Tag.Get("yaml")] = reflect.New(f.Type.Elem()).Interface().(Kind)
	}
	return kinds
}

// given are the kinds that are set, with their names.
func (f Fault) given() (names []string, kinds []Kind) {
	v := reflect.ValueOf(f)
	for field, value := range v.Fields() {
		if !value.IsNil() {
			names = append(names, field.Tag.Get("yaml"))
			kinds = append(kinds, value.Interface().(Kind))
		}
	}
	return names, kinds
}

// Name is the name of the fault's kind, "" if there is none.
func (f Fault) Name() string {
	names, _ := f.given()
	if len(names) == 0 {
		return ""
	}
	return names[0]
}

// Kind is the kind that is set, nil for none.
func (f Fault) Kind() Kind {
	_, kinds := f.given()
	if len(kinds) == 0 {
		return nil
	}
	return kinds[0]
}

// Source is what allows the rule's fault, "" for a rule without one.
func (r Rule) Source() string {
	if k := r.Fault.Kind(); k != nil {
		return k.Source()
	}
	return ""
}

// Clone copies rules, so that whoever holds the originals can change them.
func Clone(rules []Rule) []Rule {
	rules = slices.Clone(rules)
	for i := range rules {
		v := reflect.ValueOf(&rules[i].Fault).Elem()
		for _, pointer := range v.Fields() {
			if !pointer.IsNil() {
				pointer.Set(clone(pointer.Elem()))
			}
		}
	}
	return rules
}

// clone is a pointer to a copy of a kind, with lists of its own.
func clone(kind reflect.Value) reflect.Value {
	fresh := reflect.New(kind.Type())
	fresh.Elem().Set(kind)
	for _, f := range fresh.Elem().Fields() {
		if f.Kind() == reflect.Slice && !f.IsNil() {
			f.Set(reflect.AppendSlice(reflect.MakeSlice(f.Type(), 0, f.Len()), f))
		}
	}
	return fresh
}
