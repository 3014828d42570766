// Package mime writes items as Internet messages and reads them back: what item:MimeContent holds (MS docs: MimeContent). It
// owns the libraries of that field.
package mime
