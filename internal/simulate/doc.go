// Package simulate runs the whole program for many days in seconds and breaks it on purpose.
//
// It exists to prove the promises: the real bridge, texting half, client, server and store run in one process on
// SQLite, over a clock that only the simulation moves. Everything outside of them is played and goes wrong by the seed:
// the network between the halves, the carrier, the machine (which stops between any two commits), the customers and the
// merchant. A judge far simpler than the product then reads what the phones got and what the ledger holds. The same seed
// gives the same run; a seed that fails prints the command that repeats it and what led there.
//
// All of it is tests, for it runs in the bubble of testing/synctest, whose clock moves when nobody has anything to do:
// so slow answers, time-outs and pauses of any length are the real ones and take no time. It must not mend or replace
// any part of the product.
package simulate
