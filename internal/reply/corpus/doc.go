// Package corpus reads files of labelled replies and judges what package reply makes of them.
//
// It exists so that the promise "never act on a guess" is a number that anybody can have counted again: each line of
// testdata/tuning*.txt and testdata/held_out.txt is a text, the situation it came in, and what a careful person at the
// shop would understand. The grammar is written with the first file at hand and without ever seeing the second.
//
// It must not read texts by itself or know how the grammar works: it compares meanings, never words. It opens no
// files (its tests do), so it is as pure as what it measures.
//
// # The files
//
// A line that begins with "# " is a comment; those before the first other line are the head. A line that begins with
// "@" sets the situation of the lines below:
//
//	@ language es                    of the texts; it also takes back "dates"
//	@ dates either                   how 4/5 is read: month_first, day_first, either
//	@ today 2026-11-10               in the shop's zone
//	@ order 2026-11-24               the order that was announced
//	@ has House Blend / Green Tea    what the customer has; a name is also the key
//	@ offers Decaf                   what may be swapped to
//	@ ask order skip: House Blend [2026-11-24] / Green Tea [2026-12-02]
//	@ ask date delay: 2026-11-20 / 2026-11-27
//	@ ask product swap: Dark Roast / Decaf
//	@ ask yes now                    the open question; "@ ask none" closes it
//
// Every other line is a text, " => " and its label. A text with a backslash is a Go escape. "a or b": either is right.
// "a & b": two wishes, in the order said. "?a": to ask about a is right, to do it at once would be wrong.
package corpus
