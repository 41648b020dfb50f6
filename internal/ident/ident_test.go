package ident

import (
	"testing"
	"time"
)

func TestNewSortsByTime(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 15, 4, 5, 0, time.UTC)
	last := ""
	for i := range 1000 {
		id := New(Delivery, at.Add(time.Duration(i)*time.Millisecond))
		if id <= last {
			t.Fatalf("%s does not sort after %s", id, last)
		}
		if len(id) != len("dlv_")+26 {
			t.Fatalf("unexpected length of %s", id)
		}
		last = id
	}
}

func TestIdsAndSecretsDoNotRepeat(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 10000 {
		for _, s := range []string{New(Reply, time.Unix(0, 0)), Secret("sk_")} {
			if seen[s] {
				t.Fatalf("%s made twice", s)
			}
			seen[s] = true
		}
	}
}

func TestBytesAndBack(t *testing.T) {
	t.Parallel()
	id := New(Customer, time.Unix(1, 0))
	raw, ok := Bytes(Customer, id)
	if !ok || FromBytes(Customer, raw) != id {
		t.Errorf("%s did not survive: %x %v", id, raw, ok)
	}
	for _, bad := range []string{"", "cus_", "sub_" + id[4:], id[:len(id)-1], id + "0"} {
		if _, ok := Bytes(Customer, bad); ok {
			t.Errorf("%q was taken for a customer id", bad)
		}
	}
}

// What one transaction makes shares its moment and still sorts in the order of the making.
func TestIDsOfOneMomentSortAsMade(t *testing.T) {
	now := time.UnixMilli(1_790_000_000_000)
	last := New(Trace, now)
	for range 1000 {
		id := New(Trace, now)
		if id <= last {
			t.Fatalf("%s was made after %s", id, last)
		}
		last = id
	}
}
