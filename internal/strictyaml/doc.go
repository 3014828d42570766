// Package strictyaml reads YAML files that people write by hand: scenarios
// and topologies. A file either says exactly what it means or is refused with
// the place and, where possible, with what was probably meant:
//
//	nightly.yaml:7:3: unknown key "raet", did you mean "rate"?
//
// # Reading a file
//
// [Unmarshal] does it in one call. Whoever has semantic checks of its own
// uses [Parse], [Doc.Decode] and then [Doc.Errorf], which places an error at
// a path such as "steps[2].op":
//
//	doc, err := strictyaml.Parse("t.yaml", data)
//	if err == nil {
//		err = doc.Decode(&topology)
//	}
//	if err == nil && topology.Sites[1].Weight < 0 {
//		err = doc.Errorf("sites[1].weight", "weight is negative")
//	}
//
// All mistakes of a file are reported together, in the file's order: a single
// one as [*Error], several as [Errors]. errors.As finds an *Error in both.
//
// # What decodes into what
//
//   - a struct from a mapping. The key of a field is its tag `yaml:"key"`, or
//     its name in lower case without one; `yaml:"-"` hides it, and
//     `yaml:"key,required"` refuses a file without it. A key that is not in
//     the file leaves the field as it was, so that defaults may be set before.
//   - a slice from a list, a map[string]T from a mapping with free keys, a
//     pointer from what it points to.
//   - a string from text; a number or a boolean in its place must be quoted.
//   - a bool from true or false, an int or uint from a decimal whole number,
//     a float64 from a number or a percentage (0.5% is 0.005).
//   - a [time.Duration] from a number with a unit: 250us, 20ms, 1m30s.
//   - an [encoding.TextUnmarshaler] from the text of any scalar; the message
//     of its error is placed in the file.
//
// # What is refused
//
// Unknown and duplicate keys, keys without a value, several documents in one
// file, anchors, aliases, merge keys, tags and directives, NaN and infinities,
// files over 1 MiB and nesting deeper than 64. There are no includes, no
// templates and no expressions.
//
// The package owns the YAML library: no other package imports it.
package strictyaml
