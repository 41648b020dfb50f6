// Package ident makes the ids that leave the program: a prefix that says what the thing is, and a body that
// sorts by the time it was made.
//
// It exists so that every table and both halves make ids one way. It must not read the clock (the caller
// passes the time) and must not be used for secrets: see Secret for those.
package ident

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"strings"
	"sync/atomic"
	"time"
)

// Prefixes of our own ids. The ids of the Postscript-compatible API use Postscript's own (s_, shop_, im_, kw_).
const (
	Customer     = "cus"
	Subscription = "sub"
	Delivery     = "dlv"
	Reply        = "rpl"
	Action       = "act"
	Trace        = "trc"
	Account      = "usr"
)

// enc is Crockford's alphabet in lower case: it sorts in the order of the bytes.
var enc = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// made counts the ids this process has made.
var made atomic.Uint32

// New returns prefix_ followed by 26 characters: 48 bits of milliseconds since 1970, 24 bits that count the ids of
// this process, and 56 random bits. Ids made in different milliseconds sort by time, and those one process made
// in the same millisecond, as in one transaction, by the order in which they were made (but for one place in 16
// million, where the count begins again).
func New(prefix string, now time.Time) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(now.UnixMilli())<<16)
	count := made.Add(1)
	b[6], b[7], b[8] = byte(count>>16), byte(count>>8), byte(count)
	_, _ = rand.Read(b[9:]) // never fails: crypto/rand aborts the program instead
	return prefix + "_" + enc.EncodeToString(b[:])
}

// Secret returns prefix followed by 160 random bits: for keys, tokens and links.
func Secret(prefix string) string {
	var b [20]byte
	_, _ = rand.Read(b[:])
	return prefix + enc.EncodeToString(b[:])
}

// Size is the number of bytes behind the characters of an id.
const Size = 16

// Bytes returns the bytes behind an id of the given prefix, and false if it is no such id.
func Bytes(prefix, id string) ([]byte, bool) {
	body, ok := strings.CutPrefix(id, prefix+"_")
	if !ok {
		return nil, false
	}
	raw, err := enc.DecodeString(body)
	return raw, err == nil && len(raw) == Size
}

// FromBytes is the reverse of Bytes.
func FromBytes(prefix string, raw []byte) string { return prefix + "_" + enc.EncodeToString(raw) }
