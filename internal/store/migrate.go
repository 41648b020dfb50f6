package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/rogpeppe/go-internal/lockedfile"

	"rejoinder/internal/fault"
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the schema up to what this binary needs. Processes that start at once take turns. A database
// whose schema is newer than this binary is refused, because an old program could damage it.
func (db *DB) Migrate(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "store: migrate")
	if db.dialect == sqlite { // goose has no lock for SQLite
		unlock, err := lockedfile.MutexAt(db.path + ".lock").Lock()
		if err != nil {
			return fmt.Errorf("lock: %w", err)
		}
		defer unlock()
	}
	p, err := db.provider()
	if err != nil {
		return err
	}
	have, err := p.GetDBVersion(ctx)
	if err != nil {
		return db.classify(err)
	}
	sources := p.ListSources()
	if newest := sources[len(sources)-1].Version; have > newest {
		return fault.New(fault.Conflict, "The database has schema version %d, but this program knows only %d. Run the newer program.", have, newest)
	}
	_, err = p.Up(ctx)
	return db.classify(err)
}

// Version returns the schema version of the database and the one this binary needs.
func (db *DB) Version(ctx context.Context) (have, want int64, err error) {
	defer fault.Wrap(&err, "store: schema version")
	p, err := db.provider()
	if err != nil {
		return 0, 0, err
	}
	sources := p.ListSources()
	have, err = p.GetDBVersion(ctx)
	return have, sources[len(sources)-1].Version, db.classify(err)
}

func (db *DB) provider() (*goose.Provider, error) {
	dir, err := fs.Sub(migrations, "migrations/"+db.dialect.String())
	if err != nil {
		return nil, err
	}
	opts := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	kind := goose.DialectSQLite3
	if db.dialect == postgres {
		kind = goose.DialectPostgres
		l, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // ask every second, for five minutes
		if err != nil {
			return nil, errors.Join(errors.New("make the migration lock"), err)
		}
		opts = append(opts, goose.WithSessionLocker(l))
	}
	return goose.NewProvider(kind, db.write, dir, opts...)
}
