// Package admin is the way to look into a mock and to change it while it runs: JSON over HTTP, on a port of its own.
package admin
