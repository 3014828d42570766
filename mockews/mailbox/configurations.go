package mailbox

import (
	"strings"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// configKey names what a client keeps in a folder.
type configKey struct {
	folder uint32
	name   string
}

// configured is in the folder of a configuration while do runs.
func (j *job) configured(name ews.UserConfigurationName, verb access.Verb, do func(place, configKey) ews.Code) ews.Code {
	return j.visit(name.Folder, verb, func(p place) ews.Code {
		if p.configs == nil {
			p.configs = map[configKey]*ews.UserConfiguration{}
		}
		return do(p, configKey{p.folder.number, name.Name})
	})
}

func (j *job) getConfiguration(b ews.GetUserConfiguration) ews.Response {
	m := ews.UserConfigurationMessage{}
	m.Message = j.try(func() ews.Code {
		return j.configured(b.Name, access.Read, func(p place, k configKey) ews.Code {
			c := p.configs[k]
			if c == nil {
				return ews.ErrorItemNotFound
			}
			m.Configuration = p.showConfiguration(c, b.Properties)
			return ews.NoError
		})
	})
	return ews.GetUserConfigurationResponse{Messages: []ews.UserConfigurationMessage{m}}
}

// showConfiguration is a configuration with the parts that are asked for.
func (p place) showConfiguration(c *ews.UserConfiguration, parts string) *ews.UserConfiguration {
	out := &ews.UserConfiguration{Name: c.Name}
	for part := range strings.FieldsSeq(parts) { // a list of them
		all := part == "All"
		if all || part == "Id" {
			out.ID = c.ID
		}
		if all || part == "Dictionary" {
			out.Dictionary = c.Dictionary
		}
		if all || part == "XmlData" {
			out.XML = c.XML
		}
		if all || part == "BinaryData" {
			out.Binary = c.Binary
		}
	}
	return out
}

func (j *job) createConfiguration(b ews.CreateUserConfiguration) ews.Response {
	m := ews.PlainMessage{}
	m.Message = j.try(func() ews.Code {
		return j.configured(b.Configuration.Name, access.Create, func(p place, k configKey) ews.Code {
			if p.configs[k] != nil {
				return "ErrorItemSave"
			}
			c := b.Configuration
			it := &item{kind: ews.KindItem, by: j.Actor, hidden: true}
			it.set("item:ItemClass", "IPM.Configuration."+k.name)
			it.set("item:Subject", "IPM.Configuration."+k.name)
			_ = j.complete(it)
			p.insert(p.folder, it, change{what: created})
			id := p.itemID(it)
			c.ID = &id
			p.configs[k] = &c
			return ews.NoError
		})
	})
	return ews.CreateUserConfigurationResponse{Messages: []ews.PlainMessage{m}}
}

func (j *job) updateConfiguration(b ews.UpdateUserConfiguration) ews.Response {
	m := ews.PlainMessage{}
	m.Message = j.try(func() ews.Code {
		return j.configured(b.Configuration.Name, access.EditAll, func(p place, k configKey) ews.Code {
			was := p.configs[k]
			if was == nil {
				return ews.ErrorItemNotFound
			}
			c := *was
			if b.Configuration.Dictionary != nil {
				c.Dictionary = b.Configuration.Dictionary
			}
			if b.Configuration.XML != nil {
				c.XML = b.Configuration.XML
			}
			if b.Configuration.Binary != nil {
				c.Binary = b.Configuration.Binary
			}
			p.configs[k] = &c
			return ews.NoError
		})
	})
	return ews.UpdateUserConfigurationResponse{Messages: []ews.PlainMessage{m}}
}

func (j *job) deleteConfiguration(b ews.DeleteUserConfiguration) ews.Response {
	m := ews.PlainMessage{}
	m.Message = j.try(func() ews.Code {
		return j.configured(b.Name, access.DeleteAll, func(p place, k configKey) ews.Code {
			c := p.configs[k]
			if c == nil {
				return ews.ErrorItemNotFound
			}
			if r, ok := decode(c.ID.ID); ok {
				if it := p.item(p.folder, r.item); it != nil {
					p.discard(it, ews.HardDelete)
				}
			}
			delete(p.configs, k)
			return ews.NoError
		})
	})
	return ews.DeleteUserConfigurationResponse{Messages: []ews.PlainMessage{m}}
}
