package seal

import (
	"strings"
	"testing"
)

func box(t *testing.T) *Box {
	t.Helper()
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	b, err := Open(key)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSealedValuesOpenOnlyInTheirPlace(t *testing.T) {
	t.Parallel()
	b := box(t)
	s, err := b.Seal("sk_secret", "connections/shop_1/private_key")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(s, "sk_secret") {
		t.Error("the sealed value shows the secret")
	}
	got, err := b.Open(s, "connections/shop_1/private_key")
	if err != nil || got != "sk_secret" {
		t.Errorf("Open = %q, %v", got, err)
	}
	if _, err := b.Open(s, "connections/shop_2/private_key"); err == nil {
		t.Error("a value moved to another shop still opens")
	}
	if _, err := box(t).Open(s, "connections/shop_1/private_key"); err == nil {
		t.Error("another key opens it")
	}
}

func TestSignaturesRefuseOneChangedByte(t *testing.T) {
	t.Parallel()
	b := box(t)
	sig := b.Sign([]byte("cus_1|2026"))
	if !b.Verify([]byte("cus_1|2026"), sig) {
		t.Error("our own signature is refused")
	}
	if b.Verify([]byte("cus_2|2026"), sig) {
		t.Error("a signature of something else is taken")
	}
	if !b.Verify([]byte("cus_1|2026"), sig[:10]) {
		t.Error("a shortened signature is refused")
	}
	if b.Verify([]byte("cus_1|2026"), sig[:9]) || b.Verify([]byte("cus_1|2026"), nil) {
		t.Error("a signature short enough to guess is taken")
	}
}

func TestBadKeysAreRefusedInWords(t *testing.T) {
	t.Parallel()
	for _, k := range []string{"", "not base64!", "YWJj"} {
		if _, err := Open(k); err == nil {
			t.Errorf("key %q was taken", k)
		}
	}
}
