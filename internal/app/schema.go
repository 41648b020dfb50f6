package app

import "context"

// SchemaVersion returns the version of the database's schema and the one this program needs.
func (a *App) SchemaVersion(ctx context.Context) (have, want int64, err error) {
	return a.db.Version(ctx)
}
