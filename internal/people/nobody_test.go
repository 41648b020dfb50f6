package people

import (
	"testing"

	"github.com/alexedwards/argon2id"
)

// TestNobodysHashCostsWhatOthersDo: a hash of another form would be refused at once, and tell by its speed that
// nobody has the address.
func TestNobodysHashCostsWhatOthersDo(t *testing.T) {
	t.Parallel()
	want := &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	match, got, err := argon2id.CheckHash("correct horse", nobodys(want))
	if err != nil || match {
		t.Fatalf("match %t, %v", match, err)
	}
	if *got != *want {
		t.Errorf("params %+v, want %+v", got, want)
	}
}
