package texting_test

import (
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/fault"
	"rejoinder/internal/seal"
	"rejoinder/internal/texting"
)

// TestRevokedKeysMakeRoom fills a shop with keys: the sentence that says to revoke some must be true.
func TestRevokedKeysMakeRoom(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		master, err := seal.NewKey()
		if err != nil {
			t.Fatal(err)
		}
		box, err := seal.Open(master)
		if err != nil {
			t.Fatal(err)
		}
		h.Texting = texting.New(texting.Options{Store: app.TextingStore(h.db), Waker: noWaker{}, Sealer: box, Now: h.clock.Now})
		var first texting.KeyPair
		for i := range 100 {
			h.clock.Move(time.Second)
			k, _, err := h.CreateKeyPair(ctx, shopID, "")
			if err != nil {
				t.Fatalf("key %d: %v", i, err)
			}
			if i == 0 {
				first = k
			}
		}
		if _, _, err := h.CreateKeyPair(ctx, shopID, ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("the 101st key: %v", err)
		}
		if err := h.RevokeKey(ctx, shopID, first.ID); err != nil {
			t.Fatal(err)
		}
		h.clock.Move(time.Second)
		fresh, _, err := h.CreateKeyPair(ctx, shopID, "")
		if err != nil {
			t.Fatalf("after one was revoked: %v", err)
		}
		pairs, err := h.KeyPairs(ctx, shopID)
		if err != nil || len(pairs) != 100 || pairs[0].ID != fresh.ID {
			t.Fatalf("%d pairs listed, %v", len(pairs), err)
		}
		for _, k := range pairs {
			if !k.RevokedAt.IsZero() {
				t.Error("a revoked pair takes the place of one that works in the list")
			}
		}
	})
}
