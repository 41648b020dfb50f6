// Package store is the SQL for both halves, on SQLite and PostgreSQL.
//
// It exists so that nothing else knows SQL: one text serves both databases, and each difference between them
// is a named function in dialect.go. A transaction carries its context and one moment, Now, for everything in
// it. Rules of the house: inside a transaction there is no network call and no second transaction (SQLite has
// one writer, so that would wait for itself), and a function given to InTx has no effect but through its Tx,
// because it may be run again.
//
// It must not decide anything: what a row means is the business of packages bridge and texting.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"

	"rejoinder/internal/fault"
)

// Options say which database to open.
type Options struct {
	// URL is a postgres:// URL (several hosts allowed), or "" for SQLite.
	URL string
	// Path is the SQLite file, used when URL is "". Its folder is made if it is missing.
	Path string
	// Now is the clock; nil means the real one.
	Now func() time.Time
}

// DB is an open database. It is safe for concurrent use.
type DB struct {
	dialect dialect
	now     func() time.Time
	write   *sql.DB
	read    *sql.DB // SQLite: its own pool, so that readers never wait for the writer
	pool    *pgxpool.Pool
	group   *group // SQLite only
	path    string
}

// Open opens the database. It does not migrate: see Migrate.
func Open(ctx context.Context, o Options) (_ *DB, err error) {
	defer fault.Wrap(&err, "store: open")
	now := o.Now
	if now == nil {
		now = time.Now
	}
	if o.URL == "" {
		return openSQLite(o.Path, now)
	}
	cfg, err := pgxpool.ParseConfig(o.URL)
	if err != nil {
		// The parse error repeats the URL, password and all.
		return nil, fault.New(fault.Invalid, "The database URL cannot be read; it must look like postgres://user:password@host:5432/name.")
	}
	cfg.MaxConns = 16
	cfg.ConnConfig.RuntimeParams["application_name"] = "rejoinder"
	cfg.ConnConfig.ConnectTimeout = 5 * time.Second
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, err
	}
	db := stdlib.OpenDBFromPool(pool)
	return &DB{dialect: postgres, now: now, write: db, read: db, pool: pool}, nil
}

func openSQLite(path string, now func() time.Time) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	for _, file := range []string{path, path + ".lock"} { // the lock of migrations
		if err := makePrivate(file); err != nil {
			return nil, fmt.Errorf("make the database file: %w", err)
		}
	}
	dsn := func(extra url.Values) string {
		v := url.Values{"_time_format": {"sqlite"}, "_pragma": {
			"busy_timeout(10000)", "foreign_keys(1)", "synchronous(FULL)", "temp_store(MEMORY)",
		}}
		for k, s := range extra {
			v[k] = append(v[k], s...)
		}
		return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + v.Encode()
	}
	write := sql.OpenDB(preparing{dsn(url.Values{"_txlock": {"immediate"}, "_pragma": {"journal_mode(WAL)", "wal_autocheckpoint(4000)", "cache_size(-32768)"}})})
	write.SetMaxOpenConns(1)
	write.SetConnMaxIdleTime(0)
	// The first connection makes the file and turns WAL on, before any reader can race it.
	if err := write.Ping(); err != nil {
		return nil, errors.Join(fmt.Errorf("open the database file: %w", err), write.Close())
	}
	read := sql.OpenDB(preparing{dsn(url.Values{"_pragma": {"query_only(1)", "cache_size(-8192)"}})})
	read.SetMaxOpenConns(4)
	read.SetMaxIdleConns(4) // else two of them are opened anew, with all their statements, time and again
	db := &DB{dialect: sqlite, now: now, write: write, read: read, path: path}
	db.group = newGroup(db)
	return db, nil
}

// makePrivate makes a file, when there is none, readable by its owner only: the database holds people's
// numbers and texts. SQLite would make it as the umask says, and gives the files beside it the same mode.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// Close waits for the transactions under way and closes the database.
func (db *DB) Close() error {
	if db.pool != nil {
		err := db.write.Close()
		db.pool.Close()
		return err
	}
	db.group.close()
	return errors.Join(db.read.Close(), db.write.Close())
}

// Pool returns the PostgreSQL pool, or nil on SQLite. It is for tests that look at connections.
func (db *DB) Pool() *pgxpool.Pool { return db.pool }

// Now returns the moment the database's clock shows.
func (db *DB) Now() time.Time { return db.now() }

// Ping reports whether the database answers.
func (db *DB) Ping(ctx context.Context) error { return db.classify(db.read.PingContext(ctx)) }

// Tx is one transaction. Its methods, one file per table family, are the program's queries.
type Tx struct {
	ctx context.Context
	tx  *sql.Tx
	now time.Time
	d   dialect
	ro  bool // a read-only transaction, in which PostgreSQL refuses to lock rows

	then []func() // to be run once it is committed
}

// Now is the one moment of this transaction, to the microsecond, UTC.
func (tx *Tx) Now() time.Time { return tx.now }

// Then has f run once the transaction is committed, before InTx returns, and never when it is not. It is for
// wake-ups: f must be quick and must not open a transaction.
func (tx *Tx) Then(f func()) { tx.then = append(tx.then, f) }

// committed runs what was to follow.
func (tx *Tx) committed() {
	for _, f := range tx.then {
		f()
	}
}

// InTx runs fn in a transaction and commits it; an error from fn rolls back. When InTx returns nil, what fn
// wrote survives a crash. On SQLite several callers' transactions share one commit (see group); on PostgreSQL
// fn runs again after a serialization failure or deadlock. A database that is away is fault.Unavailable.
func (db *DB) InTx(ctx context.Context, fn func(*Tx) error) error {
	if db.group != nil {
		return db.group.do(ctx, fn)
	}
	var err error
	for attempt := range 5 {
		if err = db.once(ctx, db.write, nil, fn); !db.dialect.retryable(err) {
			return db.classify(err)
		}
		select {
		case <-ctx.Done():
			return db.classify(err)
		case <-time.After(time.Duration(attempt+1) * 5 * time.Millisecond):
		}
	}
	return db.classify(err)
}

// Read runs fn in a read-only transaction that sees one moment of the database.
func (db *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	return db.classify(db.once(ctx, db.read, db.dialect.snapshot(), fn))
}

// txLimit is how long a transaction may take whose caller sets no limit. Without one, a database that neither
// answers nor ends the connection, as behind a network that drops packets, would hold its caller for a quarter of
// an hour.
const txLimit = time.Minute

func (db *DB) once(ctx context.Context, pool *sql.DB, opts *sql.TxOptions, fn func(*Tx) error) error {
	if _, limited := ctx.Deadline(); !limited && db.dialect == postgres {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, txLimit)
		defer cancel()
	}
	tx, err := pool.BeginTx(ctx, opts)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after Commit this does nothing; after a panic it frees the connection
	ours := &Tx{ctx: ctx, tx: tx, now: db.moment(), d: db.dialect, ro: opts != nil && opts.ReadOnly}
	if err := fn(ours); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	ours.committed()
	return nil
}

func (db *DB) moment() time.Time { return db.now().UTC().Truncate(time.Microsecond) }

// classify turns "the database is away" into fault.Unavailable, so that a webhook's sender is told to try
// again. Faults and everything else pass unchanged.
func (db *DB) classify(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	if db.dialect.away(err) {
		return fault.From(fault.Unavailable, err, "The database cannot be reached right now; please try again in a minute.")
	}
	return err
}

// micros is how a moment is stored; the zero time is 0.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// moment is the reverse of micros.
func moment(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// nullMicros stores the zero time as NULL.
func nullMicros(t time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: micros(t), Valid: !t.IsZero()}
}

func (tx *Tx) exec(query string, args ...any) (int64, error) {
	res, err := tx.tx.ExecContext(tx.ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// scanner is what *sql.Row and *sql.Rows share.
type scanner interface{ Scan(...any) error }

// all runs a query and scans every row.
func all[T any](tx *Tx, scan func(scanner) (T, error), query string, args ...any) (_ []T, err error) {
	rows, err := tx.tx.QueryContext(tx.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// one runs a query for a single row; no row is fault.NotFound with the given sentence.
func one[T any](tx *Tx, scan func(scanner) (T, error), missing, query string, args ...any) (T, error) {
	v, err := scan(tx.tx.QueryRowContext(tx.ctx, query, args...))
	if errors.Is(err, sql.ErrNoRows) {
		var none T
		return none, fault.New(fault.NotFound, "%s", missing)
	}
	return v, err
}

// text scans a single string column.
func text(s scanner) (v string, err error) { err = s.Scan(&v); return v, err }

// number scans a single integer column.
func number(s scanner) (v int64, err error) { err = s.Scan(&v); return v, err }

// placeholders returns "$from,$from+1,…" for n values.
func placeholders(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "$%d", from+i)
	}
	return b.String()
}
