// Package arch holds the floor plan of the module: which package may import
// which, who owns which library, and who may touch the process. The plan is
// data ([Plan]), the check is a function ([House.Check]), and the package's own
// test runs it over the repository. A package that is not in the plan fails,
// so no room is added without a floor.
//
// docs/architecture.md draws the same plan and says why it is so. The depguard
// section of .golangci.yml repeats it for editors; a test keeps the two equal.
//
// Only non-test files are looked at: tests may reach across the house.
package arch
