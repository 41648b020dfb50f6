package store

import (
	"context"
	"database/sql/driver"
	"path/filepath"
	"testing"

	sqlitedriver "modernc.org/sqlite"
	"modernc.org/sqlite/vtab"
)

// planner is a table without rows that counts how often SQLite plans a query of it.
type planner struct{ plans int }

func (p *planner) Create(ctx vtab.Context, args []string) (vtab.Table, error) {
	return p, ctx.Declare("CREATE TABLE counted (id TEXT)")
}

func (p *planner) Connect(ctx vtab.Context, args []string) (vtab.Table, error) {
	return p.Create(ctx, args)
}

func (p *planner) BestIndex(*vtab.IndexInfo) error        { p.plans++; return nil }
func (p *planner) Open() (vtab.Cursor, error)             { return p, nil }
func (p *planner) Disconnect() error                      { return nil }
func (p *planner) Destroy() error                         { return nil }
func (p *planner) Filter(int, string, []vtab.Value) error { return nil }
func (p *planner) Next() error                            { return nil }
func (p *planner) Eof() bool                              { return true }
func (p *planner) Column(int) (vtab.Value, error)         { return nil, nil }
func (p *planner) Rowid() (int64, error)                  { return 0, nil }
func (p *planner) Close() error                           { return nil }

// TestStatementsArePlannedOnce fails when a statement that is kept is planned again because other values are bound.
func TestStatementsArePlannedOnce(t *testing.T) {
	t.Parallel()
	for name, query := range map[string]string{
		"a limit":               `SELECT id FROM counted WHERE id > $1 LIMIT $2`,
		"a limit and an offset": `SELECT id FROM counted WHERE id > $1 ORDER BY id LIMIT $2 OFFSET 3`,
		"a limit inside":        `SELECT id FROM (SELECT id FROM counted LIMIT $2) WHERE id > $1`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, p := context.Background(), &planner{}
			d := &sqlitedriver.Driver{}
			if err := d.RegisterModule("counted", p); err != nil {
				t.Fatal(err)
			}
			raw, err := d.Open("file:" + filepath.Join(t.TempDir(), "plan.db"))
			if err != nil {
				t.Fatal(err)
			}
			c := &preparedConn{liteConn: raw.(liteConn), kept: map[string]*keptStmt{}}
			defer func() { _ = c.Close() }()
			if _, err := c.ExecContext(ctx, "CREATE VIRTUAL TABLE counted USING counted", nil); err != nil {
				t.Fatal(err)
			}
			var first int
			for i := range int64(5) {
				rows, err := c.QueryContext(ctx, query, []driver.NamedValue{{Ordinal: 1, Value: string(rune('a' + i))}, {Ordinal: 2, Value: 10 + i}})
				if err != nil {
					t.Fatal(err)
				}
				if err := rows.Close(); err != nil {
					t.Fatal(err)
				}
				if i == 0 {
					first = p.plans
				}
			}
			if first == 0 || p.plans != first {
				t.Errorf("planned with %d looks at the table, after five runs %d", first, p.plans)
			}
		})
	}
}
