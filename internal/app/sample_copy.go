package app

import (
	"context"

	"rejoinder/internal/bridge"
	"rejoinder/internal/web/admin"
)

// makeAutomations makes one active automation for each trigger, with the copy that a new shop is offered too.
func (a *App) makeAutomations(ctx context.Context, shop bridge.Shop) error {
	_, err := admin.SampleAutomations(ctx, a.Texting, shop, true)
	return err
}
