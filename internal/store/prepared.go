package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"regexp"
	"strings"

	sqlitedriver "modernc.org/sqlite"
)

// preparing opens SQLite connections that keep the statements they have prepared. SQLite parses and plans a
// statement each time it is given as text, which for our short ones costs as much as running them: a third of
// the writer's time was spent on it. (The PostgreSQL driver does the same by itself.)
type preparing struct{ dsn string }

// Connect opens a connection.
func (p preparing) Connect(context.Context) (driver.Conn, error) {
	c, err := p.Driver().Open(p.dsn)
	if err != nil {
		return nil, err
	}
	full, ok := c.(liteConn)
	if !ok {
		return nil, fmt.Errorf("the SQLite driver's connection is a %T, which lacks what we need", c)
	}
	return &preparedConn{liteConn: full, kept: map[string]*keptStmt{}}, nil
}

// Driver is SQLite's.
func (preparing) Driver() driver.Driver { return &sqlitedriver.Driver{} }

// liteConn is what package database/sql can make use of in the driver's connection.
type liteConn interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ConnBeginTx
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// preparedConn is a connection with its statements. Like every driver's connection it is used by one goroutine
// at a time.
type preparedConn struct {
	liteConn
	kept map[string]*keptStmt
}

// keptStmt is a prepared statement; busy while somebody reads its rows.
type keptStmt struct {
	stmt liteStmt
	busy bool
}

type liteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// keptMost bounds the statements of a connection. We have fewer; it is there for a query that is put together in
// ever new ways.
const keptMost = 500

// ExecContext runs a statement.
func (c *preparedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	k, err := c.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	if k == nil {
		return c.liteConn.ExecContext(ctx, query, args)
	}
	return k.stmt.ExecContext(ctx, args)
}

// QueryContext runs a statement that returns rows.
func (c *preparedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	k, err := c.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	if k == nil {
		return c.liteConn.QueryContext(ctx, query, args)
	}
	rows, err := k.stmt.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	k.busy = true
	return &keptRows{Rows: rows, of: k}, nil
}

// prepared returns the statement of a query, or nil if it is to be run as it is: it is no query of ours, its rows
// are being read already, or there are too many.
func (c *preparedConn) prepared(ctx context.Context, query string) (*keptStmt, error) {
	if k, ok := c.kept[query]; ok {
		if k.busy {
			return nil, nil
		}
		return k, nil
	}
	if len(c.kept) >= keptMost || !keepable(query) {
		return nil, nil
	}
	s, err := c.PrepareContext(ctx, planned(query))
	if err != nil {
		return nil, err
	}
	stmt, ok := s.(liteStmt)
	if !ok {
		return nil, fmt.Errorf("the SQLite driver's statement is a %T, which lacks what we need", s)
	}
	k := &keptStmt{stmt: stmt}
	c.kept[query] = k
	return k, nil
}

// planned is a query as SQLite plans it once and for all. Where a LIMIT is nothing but a parameter, SQLite looks at its
// value while it plans, and so parses and plans the statement again each time the parameter is bound, which costs more
// than most of our statements do. A sum it does not look into.
func planned(query string) string { return limitParameter.ReplaceAllString(query, "LIMIT 0+$1") }

var limitParameter = regexp.MustCompile(`\bLIMIT (\$\d+)`)

// keepable tells our queries from pragmas and the scripts of migrations.
func keepable(query string) bool {
	query = strings.TrimLeft(query, " \t\n")
	verb, _, _ := strings.Cut(query, " ")
	switch verb {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "SAVEPOINT", "RELEASE":
		return !strings.Contains(query, ";")
	}
	return false
}

// Close ends the statements and the connection.
func (c *preparedConn) Close() error {
	for _, k := range c.kept {
		_ = k.stmt.Close() // frees memory of a connection that ends with it
	}
	c.kept = nil
	return c.liteConn.Close()
}

// keptRows frees its statement when it is closed.
type keptRows struct {
	driver.Rows
	of *keptStmt
}

// Close ends the reading.
func (r *keptRows) Close() error {
	err := r.Rows.Close()
	r.of.busy = false
	return err
}
