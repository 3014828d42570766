//go:build !race

package main

// seeds is how many seeds the tests over seeds take: as many as the claim they
// hold speaks of.
const seeds = 20
