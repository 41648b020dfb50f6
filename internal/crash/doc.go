// Package crash kills the real program, again and again, and counts what was lost, done twice or sent too fast.
//
// It exists because "nothing accepted is lost, and nothing happens twice" can be believed only of a program that was
// killed at moments nobody chose. The binary is built and started as a merchant starts it; a loader changes
// subscriptions and delivers replies over HTTP and remembers every request that was answered with success; a
// Postscript of our own, a real HTTP server, keeps every request it gets with the moment it came, and fails some on
// purpose. Then processes are killed (SIGKILL) and started again, and at the end the database, the recorder and the
// loader have to agree.
//
//	            ┌────────── kill -9, start again ──────────┐
//	            ▼                                          │
//	loader ──▶ rejoinder (one on SQLite, two on PostgreSQL) ──▶ recording Postscript
//	  │         │                                               (429, 500, slow, answers lost)
//	  └─────────┴── at the end: what was accepted, what is stored, what was sent ──┘
//
//	make crash                  100 kills on SQLite and 100 on PostgreSQL, and docs/crash.md anew
//	make crash KILLS=20 SEED=7  fewer, at other moments
//
// There is no code but in the tests: nothing may import it. It must reach no network but the loopback, end only
// processes it started, and stop by itself. What moments the seed chooses can be repeated; which statement the program
// stands at when it is killed cannot, because the machine decides that.
package crash
