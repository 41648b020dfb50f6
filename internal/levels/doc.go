// Package levels makes the pages of docs that say how well the promises are kept: service-levels.md and
// waking-and-pace.md.
//
// It exists so that no figure on them is ever typed by hand. The programs that break things and count (make exhaust,
// crash, simulate, bench, replies) write what they counted as JSON beside their own pages; this package reads those
// files and writes the two pages, and its test fails when a page says anything else.
//
//	make service-levels    write the pages anew
//
// There is no code but in the tests: nothing may import it. It must measure nothing itself and have no figure of its own.
package levels
