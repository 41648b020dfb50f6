package app

import (
	"context"

	"rejoinder/internal/bridge"
	"rejoinder/internal/store"
	"rejoinder/internal/texting"
)

// BridgeStore makes the database the bridge's store.
func BridgeStore(db *store.DB) bridge.Store { return bridgeStore{db} }

type bridgeStore struct{ db *store.DB }

func (s bridgeStore) InTx(ctx context.Context, fn func(bridge.Tx) error) error {
	return s.db.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s bridgeStore) Read(ctx context.Context, fn func(bridge.Tx) error) error {
	return s.db.Read(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// TextingStore makes the database the texting half's store.
func TextingStore(db *store.DB) texting.Store { return textingStore{db} }

type textingStore struct{ db *store.DB }

func (s textingStore) InTx(ctx context.Context, fn func(texting.Tx) error) error {
	return s.db.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s textingStore) Read(ctx context.Context, fn func(texting.Tx) error) error {
	return s.db.Read(ctx, func(tx *store.Tx) error { return fn(tx) })
}
