// Package bench measures what the program owes: the table of docs/benchmarks.md, which it writes.
//
// It exists so that no figure about speed is ever typed by hand or remembered from another machine. One row of
// the table is one file: it fills real tables, runs the real parts, and hands back numbers, with the bar each has
// to reach beside it. A bar that is missed is written down as missed; nothing fails because of it, since a
// slow afternoon of the machine is no fault in the program. What a row does beside the clock is checked: if
// rows get lost or are done twice, it fails.
//
//	make bench                  the whole table, and docs/benchmarks.md anew
//	make bench ROWS=webhooks    one row, printed only
//
// There is no code but in the tests: nothing may import it. It must reach no network but the loopback.
package bench
