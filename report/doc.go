// Package report turns the analysis of a run into what people and machines
// read: text for the terminal, one self-contained HTML page, Markdown for a CI
// job summary, JUnit, JSON, CSV and JSON Lines, and the plots as SVG and PNG.
//
// Several runs have reports of their own: [CompareText] and its kin set one run
// against an earlier one, [TrendText] and [TrendPlot] show a history night by
// night, [PowerText] says how long a run must be to find an effect.
//
// Everything here is a pure function from what results found to bytes: no
// clock, no version but the one that the run carries, no environment. The same
// stored run gives the same bytes on every machine. [WriteAll] alone touches
// files, those of the run directory that it is given.
//
// Each output says first whether the run may be believed, then what it came to.
// Warnings are shown wherever the figures are that they qualify. A figure that
// could not be computed is shown as a dash, never as NaN or zero. What comes
// from outside (titles, names, codes, warnings) is escaped as each format needs it.
package report
