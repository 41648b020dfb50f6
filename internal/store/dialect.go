package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	sqlitedriver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// dialect is which database this is. Every difference between the two is a method here.
type dialect int

const (
	sqlite dialect = iota
	postgres
)

// String is the name goose and the migrations folders use.
func (d dialect) String() string {
	if d == postgres {
		return "postgres"
	}
	return "sqlite"
}

// snapshot are the options of a read that sees one moment. SQLite's deferred transactions do so by themselves.
func (d dialect) snapshot() *sql.TxOptions {
	if d == postgres {
		return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	return nil
}

// retryable reports whether running the transaction again can help: a serialization failure or a deadlock.
func (d dialect) retryable(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pg.Code == "40001" || pg.Code == "40P01")
}

// away reports whether err means that the database cannot be used right now: not reachable, shutting down,
// read-only after a failover, or out of room.
func (d dialect) away(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch pg.Code[:2] {
		case "08", "53", "57": // connection, insufficient resources, operator intervention
			return true
		}
		return pg.Code == "25006" // read-only transaction: a standby
	}
	if lite, ok := errors.AsType[*sqlitedriver.Error](err); ok {
		switch lite.Code() & 0xff {
		case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN:
			return true
		}
		return false
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	// A server that is killed says nothing: its connections end in the middle, or are found closed before anything is sent.
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || pgconn.SafeToRetry(err) {
		return true
	}
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, net.ErrClosed)
}

// unique reports whether err is the violation of a unique index.
func (d dialect) unique(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == "23505"
	}
	lite, ok := errors.AsType[*sqlitedriver.Error](err)
	return ok && (lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}

// taken returns what a violated unique index names, such as customers_phone or "customers.shop_id,
// customers.phone"; "" when err is no such violation.
func (d dialect) taken(err error) string {
	if !d.unique(err) {
		return ""
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.ConstraintName
	}
	return err.Error() // SQLite names tables and columns, never values
}

// near reports whether the database is in this process, so that a statement makes no journey.
func (d dialect) near() bool { return d == sqlite }

// row is the column by which a row of a table with an id that was found once is found again with the least work.
func (d dialect) row() string {
	if d == postgres {
		return "id"
	}
	return "rowid"
}

// eachText is a FROM item "v(value)" with one row per element of the JSON array of strings in placeholder p.
func (d dialect) eachText(p string) string {
	if d == postgres {
		return "jsonb_array_elements_text(" + p + "::jsonb) AS v(value)"
	}
	return "json_each(" + p + ") AS v"
}

// element reads element i of the JSON array in column v of a FROM item made by eachObject, as text.
func (d dialect) element(i int) string {
	if d == postgres {
		return fmt.Sprintf("(v.value->>%d)", i)
	}
	return fmt.Sprintf("json_extract(v.value, '$[%d]')", i)
}

// eachObject is a FROM item "v(value)" with one row per element of the JSON array of objects in placeholder p.
func (d dialect) eachObject(p string) string {
	if d == postgres {
		return "jsonb_array_elements(" + p + "::jsonb) AS v(value)"
	}
	return "json_each(" + p + ") AS v"
}

// rows is a FROM item, to be named, with one row per element of the JSON array of arrays in placeholder p. Kinds says for
// each of the columns whether it is text (T) or a whole number (I).
func (d dialect) rows(p, kinds string, columns ...string) string {
	each := make([]string, len(columns))
	for i, name := range columns {
		each[i] = d.element(i)
		if kinds[i] == 'I' {
			each[i] = d.integer(each[i])
		}
		each[i] += " AS " + name
	}
	return "(SELECT " + strings.Join(each, ", ") + " FROM " + d.eachObject(p) + ")"
}

// fewOfEach is a SELECT that claims, for each element v.value of the JSON array of strings in $1, the few rows of a table
// that end names: it begins with a condition and ends with ORDER BY and LIMIT. Another process's claimed rows are passed
// over.
func (d dialect) fewOfEach(columns, table, end string) string {
	if d == postgres {
		return "SELECT " + of("t", columns) + " FROM " + d.eachText("$1") +
			" CROSS JOIN LATERAL (SELECT * FROM " + table + " WHERE " + end + d.skipLocked() + ") AS t"
	}
	return "SELECT " + of("t", columns) + " FROM " + d.eachText("$1") + " CROSS JOIN " + table +
		" AS t WHERE t.rowid IN (SELECT rowid FROM " + table + " WHERE " + end + ")"
}

// of names the columns of a list as those of one FROM item.
func of(item, columns string) string {
	list := strings.Split(columns, ",")
	for i, c := range list {
		list[i] = item + "." + strings.TrimSpace(c)
	}
	return strings.Join(list, ", ")
}

// integer casts a text expression to a whole number.
func (d dialect) integer(expr string) string {
	if d == postgres {
		return "(" + expr + ")::bigint"
	}
	return "CAST(" + expr + " AS INTEGER)"
}

// skipLocked is the end of a SELECT that claims rows: another process's claimed rows are passed over.
// SQLite has one writer, so there is nothing to pass over.
func (d dialect) skipLocked() string {
	if d == postgres {
		return " FOR UPDATE SKIP LOCKED"
	}
	return ""
}

// skipLockedOf is skipLocked for the rows of one item of several.
func (d dialect) skipLockedOf(item string) string {
	if d == postgres {
		return " FOR UPDATE OF " + item + " SKIP LOCKED"
	}
	return ""
}

// forUpdate is the end of a SELECT that keeps a row from changing until the transaction ends.
func (d dialect) forUpdate() string {
	if d == postgres {
		return " FOR UPDATE"
	}
	return ""
}

// clock is the present moment in microseconds: the database's own on PostgreSQL, where several machines whose
// clocks differ share it (the placeholder p is used and ignored); the transaction's, in p, on SQLite.
func (d dialect) clock(p string) string {
	if d == postgres {
		return "(CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT) + 0 * CAST(" + p + " AS BIGINT))"
	}
	return "CAST(" + p + " AS INTEGER)"
}

// takeTurns makes transactions that name the same key take turns, as they do on SQLite by themselves.
func (tx *Tx) takeTurns(key string) error {
	if tx.d != postgres {
		return nil
	}
	_, err := tx.exec("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", key)
	return err
}

// forShare is the end of a SELECT that keeps rows from changing, but not from being read and kept by others.
func (d dialect) forShare() string {
	if d == postgres {
		return " FOR SHARE"
	}
	return ""
}

// unindexed is a column of text that must not be looked up in an index: SQLite, which keeps no statistics, would
// rather take one that begins with the shop than one that begins with the phone, and read all of the shop.
func (d dialect) unindexed(column string) string { return "(" + column + " || '')" }
