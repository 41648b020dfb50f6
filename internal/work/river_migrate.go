package work

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"rejoinder/internal/fault"
)

// Schema is the PostgreSQL schema River's tables live in, apart from ours.
const Schema = "river"

// migrateLock is the advisory lock of Migrate: the first eight bytes of "rejoindw", read as a number.
const migrateLock = 0x72656a6f696e6477

// poolSize is how many connections the engine may use: one listens, the rest fetch, insert and complete jobs,
// each for about a millisecond.
const poolSize = 10

// OpenPool opens a pool for NewRiver on the database at url. It is not meant for anything else: its
// transactions do not wait for the disk, because a lost wake-up is harmless and a repeated one too. The caller
// closes it after Run returned. It does not connect yet.
func OpenPool(ctx context.Context, url string) (*pgxpool.Pool, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		// the cause may quote the URL, and with it the password
		return nil, fault.New(fault.Invalid, "The database URL cannot be used.")
	}
	cfg.MaxConns = poolSize
	cfg.ConnConfig.RuntimeParams["synchronous_commit"] = "off"
	cfg.ConnConfig.RuntimeParams["application_name"] = "rejoinder work"
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fault.From(fault.Unavailable, err, "The database cannot be reached.")
	}
	return pool, nil
}

// Migrate creates River's tables in schema or brings them up to date. Any number of processes may call it at
// once: the first does it, the others wait for it, under a lock on a connection of its own so that even a pool
// of one connection does not wait for itself.
func Migrate(ctx context.Context, pool *pgxpool.Pool, schema string) (err error) {
	conn, err := pgx.ConnectConfig(ctx, pool.Config().ConnConfig)
	if err != nil {
		return fault.From(fault.Unavailable, err, "The database cannot be reached.")
	}
	defer func() {
		// closing releases the lock, also when ctx has ended
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = conn.Close(ctx)
	}()
	defer fault.Wrap(&err, "work: migrate schema %s", schema)
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(migrateLock)); err != nil {
		return err
	}
	name := pgx.Identifier{schema}.Sanitize()
	if _, err := conn.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS "+name); err != nil {
		return err
	}
	m, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{
		Schema: schema, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return err
	}
	_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}
