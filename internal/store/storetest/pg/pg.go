//go:build unix

// Package pg gives each test a fresh, empty PostgreSQL database on a real server.
//
// It exists so that every test of SQL runs on the database merchants run, without anybody having to set
// one up: the first call in a test process starts a private cluster from the PostgreSQL that is installed,
// and the cluster ends with the process.
//
//	test process ──pipe──▶ sh (cluster.sh) ──▶ postgres, unix socket in a 0700 directory
//	      │ ends, however        │ reads end of file
//	      ▼                      ▼
//	  the pipe closes       stops postgres, removes the directory
//
// A pipe and not a TestMain or a deferred stop, because those do not run when a test process is killed or
// times out. A unix socket and not a port, because test packages run at once and ports picked in advance
// collide; the directory's mode is all the access control there is.
//
// The cluster runs with fsync off: it is for tests, and nothing in it outlives the process. Measurements of
// durable writes must set REJOINDER_TEST_FSYNC=on. With REJOINDER_TEST_DATABASE_URL set, databases are made
// on that server instead and no cluster is started; its user must be allowed to create databases.
//
// Only tests may import it. It must not know our tables: see Template for how a schema gets in.
package pg

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// patience bounds one administrative statement. Generous, because a machine may run many packages at once.
const patience = 60 * time.Second

// errMissing says that no PostgreSQL server is installed.
var errMissing = errors.New("PostgreSQL is not installed: run scripts/install-test-deps.sh (Debian and Ubuntu: " +
	"apt-get install postgresql; macOS: brew install postgresql), or set REJOINDER_TEST_DATABASE_URL")

// server returns the URL of the maintenance database of this process's server, starting it when needed.
var server = sync.OnceValues(func() (string, error) {
	if given := os.Getenv("REJOINDER_TEST_DATABASE_URL"); given != "" {
		return given, dropForgotten(given)
	}
	return startCluster()
})

// URL returns the postgres:// URL of a fresh, empty database for this test. The database is dropped, along
// with connections still open to it, after the test's own later cleanups. Without PostgreSQL the test is
// skipped; with CI=true it fails instead.
func URL(t testing.TB) string {
	t.Helper()
	return create(t, "template0")
}

// Template returns the URL of a fresh database that is a copy of one prepared before: prepare is called once
// per name and process, with the URL of an empty database, and must close its connections before it returns.
// Later calls with the same name copy what it left. It is the fast way to many migrated databases.
func Template(t testing.TB, name string, prepare func(url string) error) string {
	t.Helper()
	admin := serverFor(t)
	entry, _ := templates.LoadOrStore(name, &template{})
	tpl := entry.(*template)
	tpl.once.Do(func() { tpl.database, tpl.err = prepareTemplate(admin, prepare) })
	if tpl.err != nil {
		t.Fatalf("pg: prepare template %q: %v", name, tpl.err)
	}
	return create(t, tpl.database)
}

// template is one prepared database; templates holds them by name.
type template struct {
	once     sync.Once
	database string
	err      error
}

var templates sync.Map

// prepareTemplate makes an empty database, lets prepare fill it and closes it to everybody: PostgreSQL copies
// only a database nobody is connected to.
func prepareTemplate(admin string, prepare func(url string) error) (string, error) {
	name := newName()
	if err := execSQL(admin, "CREATE DATABASE "+name+" TEMPLATE template0"); err != nil {
		return "", err
	}
	if err := prepare(withDatabase(admin, name)); err != nil {
		return "", err
	}
	return name, execSQL(admin,
		"ALTER DATABASE "+name+" ALLOW_CONNECTIONS false",
		"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"+name+"'")
}

// serverFor returns the maintenance URL, or ends the test in the way its surroundings ask for.
func serverFor(t testing.TB) string {
	t.Helper()
	admin, err := server()
	switch {
	case err == nil:
		return admin
	case errors.Is(err, errMissing) && os.Getenv("CI") != "true":
		t.Skip(err)
	default:
		t.Fatalf("pg: %v", err)
	}
	return ""
}

// create makes one database from the given template and arranges for its end.
func create(t testing.TB, from string) string {
	t.Helper()
	admin, name := serverFor(t), newName()
	if err := execSQL(admin, "CREATE DATABASE "+name+" TEMPLATE "+from); err != nil {
		t.Fatalf("pg: %v", err)
	}
	t.Cleanup(func() {
		if err := execSQL(admin, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("pg: %v", err)
		}
	})
	return withDatabase(admin, name)
}

// execSQL runs statements on a connection of its own. A pool would be a little faster and would leave
// goroutines behind for tests that look for leaks.
func execSQL(at string, statements ...string) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, err := pgx.Connect(ctx, at)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	for _, s := range statements {
		if _, err := conn.Exec(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// prefix begins the name of every database made here; the Unix time and random digits follow.
const prefix = "rejoinder_test_"

var (
	run     = randomHex(4)
	counter atomic.Int64
)

func newName() string {
	return fmt.Sprintf("%s%d_%s_%d", prefix, time.Now().Unix(), run, counter.Add(1))
}

func randomHex(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: crypto/rand aborts the program instead
	return hex.EncodeToString(b)
}

// withDatabase returns the URL with the database replaced. The URL has been parsed by pgx before.
func withDatabase(at, name string) string {
	u, err := url.Parse(at)
	if err != nil {
		panic(fmt.Sprintf("pg: the server's URL: %v", err))
	}
	u.Path = "/" + name
	q := u.Query()
	q.Del("dbname")
	q.Del("database")
	u.RawQuery = q.Encode()
	return u.String()
}

// forgottenAfter is how old a database on a given server must be before another run drops it. Templates and
// the databases of killed runs stay behind there; no run of ours lasts this long.
const forgottenAfter = 6 * time.Hour

// dropForgotten removes what earlier runs left on a server that outlives them.
func dropForgotten(admin string) (err error) {
	if !strings.HasPrefix(admin, "postgres://") && !strings.HasPrefix(admin, "postgresql://") {
		return errors.New("REJOINDER_TEST_DATABASE_URL must begin with postgres://")
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, err := pgx.Connect(ctx, admin)
	if err != nil {
		return fmt.Errorf("REJOINDER_TEST_DATABASE_URL: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	rows, err := conn.Query(ctx, "SELECT datname FROM pg_database WHERE starts_with(datname, $1)", prefix)
	if err != nil {
		return fmt.Errorf("list databases: %w", err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("list databases: %w", err)
	}
	for _, name := range names {
		if !forgotten(name, time.Now()) {
			continue
		}
		// Another process may be dropping the same one: IF EXISTS, and its error is not ours.
		_, _ = conn.Exec(ctx, "DROP DATABASE IF EXISTS "+pgx.Identifier{name}.Sanitize()+" WITH (FORCE)")
	}
	return nil
}

// forgotten reports whether a database was made here, long enough before now.
func forgotten(name string, now time.Time) bool {
	stamp, _, ok := strings.Cut(strings.TrimPrefix(name, prefix), "_")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	return ok && err == nil && now.Sub(time.Unix(seconds, 0)) > forgottenAfter
}
