package store

import (
	"context"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/people"
	"rejoinder/internal/store/storetest/pg"
)

// TestTwoSetUpLinksAtOnce uses at the same moment links that several processes made beside each other: there is one
// first account.
func TestTwoSetUpLinksAtOnce(t *testing.T) {
	t.Parallel()
	for name, at := range map[string]Options{
		"sqlite": {Path: filepath.Join(t.TempDir(), "rejoinder.db")}, "postgres": {URL: pg.URL(t)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			db, err := Open(ctx, at)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			if err := db.Migrate(ctx); err != nil {
				t.Fatal(err)
			}
			const links = 6
			now := time.Now()
			err = db.InTx(ctx, func(tx *Tx) error {
				for i := range links { // not AddLink, which takes back the links it sees
					if _, err := tx.exec(`INSERT INTO invitations (token_hash, purpose, shop_id, email, role, expires_at, used_at) VALUES ($1,$2,'','','',$3,NULL)`,
						strconv.Itoa(i), people.ForSetup, micros(now.Add(time.Hour))); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			var all sync.WaitGroup
			errs, begin := make([]error, links), make(chan struct{})
			for i := range links {
				all.Go(func() {
					<-begin
					n := strconv.Itoa(i)
					errs[i] = db.UseLink(ctx, n, people.User{ID: "usr_" + n, Email: n + "@example.com"}, people.NewShop{ID: "shop_" + n, Name: n, Zone: "UTC"}, now)
				})
			}
			close(begin)
			all.Wait()
			made := 0
			for _, err := range errs {
				switch {
				case err == nil:
					made++
				case !fault.Is(err, fault.Conflict):
					t.Error(err)
				}
			}
			if made != 1 {
				t.Errorf("%d first accounts were made", made)
			}
		})
	}
}
