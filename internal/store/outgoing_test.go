package store_test

import (
	"fmt"
	"testing"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
)

// TestABackedUpEndpointHidesNoOther: the webhooks of an endpoint that answers no more pile up; the retries of another
// shop's endpoint, which nothing but the sweep finds, must not wait for them.
func TestABackedUpEndpointHidesNoOther(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		add := func(endpoint string, n int, due time.Time) {
			inTx(t, db, func(tx *store.Tx) error {
				for i := range n {
					if err := tx.AddOutgoing(bridge.Outgoing{
						ID: fmt.Sprintf("msg_%s_%04d", endpoint, i), ShopID: "shop_" + endpoint, EndpointID: endpoint, Event: "order.due",
						Key: fmt.Sprint(i), Payload: "{}", State: bridge.Queued, DueAt: due,
					}); err != nil {
						return err
					}
				}
				return nil
			})
		}
		add("ep_a", 1200, clock.Now().Add(-time.Hour))
		add("ep_b", 1, clock.Now())
		add("ep_c", 1, clock.Now().Add(time.Second))
		inTx(t, db, func(tx *store.Tx) error {
			got, err := tx.DueEndpoints(clock.Now(), 100)
			if fmt.Sprint(got) != "[ep_a ep_b]" {
				t.Errorf("endpoints due: %v", got)
			}
			return err
		})
	})
}
