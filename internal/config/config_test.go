package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/fault"
)

// parse runs the real parser over the tags, as cli does.
func parse(t *testing.T, args ...string) Settings {
	t.Helper()
	var into struct {
		Settings `embed:""`
	}
	p, err := kong.New(&into)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Parse(args); err != nil {
		t.Fatal(err)
	}
	return into.Settings
}

func TestDefaultsEqualTheTagsAndAreValid(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(Default(), parse(t)); diff != "" {
		t.Errorf("Default() and the default tags differ (-Default +tags):\n%s", diff)
	}
	if err := Default().Validate(); err != nil {
		t.Errorf("the defaults are refused: %v", err)
	}
}

func TestFlagsReachTheirFields(t *testing.T) {
	t.Parallel()
	got := parse(t, "--listen=:9", "--data-dir=d", "--public-url=https://a.example", "--database-url=postgres://h/d",
		"--key-file=k", "--postscript-url=http://127.0.0.1:1", "--log-format=json", "--log-level=warn", "--shutdown-grace=2s")
	want := Settings{
		Listen: ":9", DataDir: "d", PublicURL: "https://a.example", DatabaseURL: "postgres://h/d", KeyFile: "k",
		PostscriptURL: "http://127.0.0.1:1", LogFormat: "json", LogLevel: "warn", ShutdownGrace: 2 * time.Second,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEnvironmentReachesItsFields(t *testing.T) {
	t.Setenv("REJOINDER_LISTEN", ":7")
	t.Setenv("REJOINDER_KEY", "k3y")
	t.Setenv("REJOINDER_DATABASE_URL_FILE", "/run/secrets/db")
	got := parse(t)
	if got.Listen != ":7" || got.Key != "k3y" || got.DatabaseURLFile != "/run/secrets/db" {
		t.Errorf("got %v", got)
	}
}

// fields returns the flags an error blames, in order.
func fields(err error) []string {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []string
		for _, e := range joined.Unwrap() {
			all = append(all, fields(e)...)
		}
		return all
	}
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return []string{f.Field}
	}
	return []string{"?"}
}

func TestValidateBlamesTheFlag(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*Settings)
		want   []string
	}{
		"port missing":         {func(s *Settings) { s.Listen = "localhost" }, []string{"listen"}},
		"port too large":       {func(s *Settings) { s.Listen = ":70000" }, []string{"listen"}},
		"any free port":        {func(s *Settings) { s.Listen = "127.0.0.1:0" }, nil},
		"IPv6":                 {func(s *Settings) { s.Listen = "[::1]:8080" }, nil},
		"no data folder":       {func(s *Settings) { s.DataDir = "" }, []string{"data-dir"}},
		"public http":          {func(s *Settings) { s.PublicURL = "http://texts.example.com" }, []string{"public-url"}},
		"public http here":     {func(s *Settings) { s.PublicURL = "http://127.0.0.1:8080" }, nil},
		"public https":         {func(s *Settings) { s.PublicURL = "https://texts.example.com/" }, nil},
		"public with path":     {func(s *Settings) { s.PublicURL = "https://example.com/texts" }, []string{"public-url"}},
		"public without host":  {func(s *Settings) { s.PublicURL = "texts.example.com" }, []string{"public-url"}},
		"public with password": {func(s *Settings) { s.PublicURL = "https://a:b@example.com" }, []string{"public-url"}},
		"no Postscript":        {func(s *Settings) { s.PostscriptURL = "" }, []string{"postscript-url"}},
		"database over http":   {func(s *Settings) { s.DatabaseURL = "http://h/d" }, []string{"database-url"}},
		"database no name":     {func(s *Settings) { s.DatabaseURL = "postgres://h" }, []string{"database-url"}},
		"database no host":     {func(s *Settings) { s.DatabaseURL = "postgres:///d" }, []string{"database-url"}},
		"database by socket":   {func(s *Settings) { s.DatabaseURL = "postgres:///d?host=/run/postgresql" }, nil},
		"database":             {func(s *Settings) { s.DatabaseURL = "postgresql://u:p@h:5432/d" }, nil},
		"database twice": {func(s *Settings) {
			s.DatabaseURL, s.DatabaseURLFile = "postgres://h/d", "f"
		}, []string{"database-url-file"}},
		"key twice":         {func(s *Settings) { s.Key, s.KeyFile = "k", "f" }, []string{"key-file"}},
		"wrong partner key": {func(s *Settings) { s.PostscriptPartnerKey = "sk_abc" }, []string{"postscript-partner-key"}},
		"metrics token twice": {func(s *Settings) {
			s.MetricsToken, s.MetricsTokenFile = "0123456789abcdef", "f"
		}, []string{"metrics-token-file"}},
		"metrics token":       {func(s *Settings) { s.MetricsToken = "0123456789abcdef" }, nil},
		"short metrics token": {func(s *Settings) { s.MetricsToken = "0123456789abcde" }, []string{"metrics-token"}},
		"metrics token of two words": {func(s *Settings) {
			s.MetricsToken = "0123456789 abcdef"
		}, []string{"metrics-token"}},
		"log format": {func(s *Settings) { s.LogFormat = "xml" }, []string{"log-format"}},
		"no grace":   {func(s *Settings) { s.ShutdownGrace = 0 }, []string{"shutdown-grace"}},
		"all together": {func(s *Settings) {
			s.Listen, s.LogLevel, s.ShutdownGrace = "x", "loud", time.Hour
		}, []string{"listen", "log-level", "shutdown-grace"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := Default()
			c.change(&s)
			err := s.Validate()
			if diff := cmp.Diff(c.want, fields(err)); diff != "" {
				t.Errorf("blamed flags (-want +got):\n%s\nerror: %v", diff, err)
			}
			if err != nil && !fault.Is(err, fault.Invalid) {
				t.Errorf("kind %s, want invalid", fault.KindOf(err))
			}
		})
	}
}

func TestNothingPrintsASecret(t *testing.T) {
	t.Parallel()
	s := Default()
	s.DatabaseURL = "postgres://app:hunter2@db/rejoinder?sslpassword=hunter2"
	s.Key, s.PostscriptPartnerKey, s.MetricsToken = "hunter2", "sk_partner_hunter2", "hunter2"
	asJSON, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	broken := s
	broken.DatabaseURL = "postgres://app:hunter2%zz@db/rejoinder"
	for name, text := range map[string]string{
		"String": s.String(), "%+v": fmt.Sprintf("%+v", s), "%#v": fmt.Sprintf("%#v", s),
		"LogValue": s.LogValue().String(), "JSON": string(asJSON),
		"broken": broken.String(), "fault": fmt.Sprint(broken.Validate()),
	} {
		if strings.Contains(text, "hunter2") {
			t.Errorf("%s shows a secret:\n%s", name, text)
		}
	}
	if !strings.Contains(s.String(), "app:xxxxx@db/rejoinder") {
		t.Errorf("the masked print no longer says where the database is:\n%s", s)
	}
}

func TestResolveReadsSecretFiles(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "db")
	write(t, file, "postgres://u:p@h/d\n")
	s := Default()
	s.DatabaseURLFile, s.PublicURL = file, "https://texts.example.com/"
	got, err := s.Resolve()
	if err != nil {
		t.Fatal(err)
	}
	if got.DatabaseURL != "postgres://u:p@h/d" || !got.Postgres() || got.PublicURL != "https://texts.example.com" {
		t.Errorf("got %v", got)
	}

	token := filepath.Join(t.TempDir(), "token")
	write(t, token, "0123456789abcdef\n")
	s.MetricsTokenFile = token
	if got, err = s.Resolve(); err != nil || got.MetricsToken != "0123456789abcdef" || got.MetricsTokenFile != "" {
		t.Errorf("the metrics token is %q: %v", got.MetricsToken, err)
	}
	write(t, token, "short")
	if _, err := s.Resolve(); len(fields(err)) != 1 || fields(err)[0] != "metrics-token" {
		t.Errorf("a short token in the file: %v", err)
	}
	s.MetricsTokenFile = ""

	write(t, file, "mysql://u:p@h/d\n")
	if _, err := s.Resolve(); len(fields(err)) != 1 || fields(err)[0] != "database-url" {
		t.Errorf("a wrong URL in the file: %v", err)
	}
	s.DatabaseURLFile, s.LogLevel = filepath.Join(t.TempDir(), "absent"), "loud"
	if _, err := s.Resolve(); len(fields(err)) != 2 {
		t.Errorf("want the file and the log level reported together, got: %v", err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestMasterKeyIsMadeOnceAndKept(t *testing.T) {
	t.Parallel()
	s := Default()
	s.DataDir = filepath.Join(t.TempDir(), "new")
	var mu sync.Mutex
	made := 0
	newKey := func() (string, error) {
		mu.Lock()
		defer mu.Unlock()
		made++
		return fmt.Sprintf("key-%d", made), nil
	}
	keys := make([]string, 8)
	var starts sync.WaitGroup
	for i := range keys { // as many processes starting at once
		starts.Go(func() {
			k, err := s.MasterKey(newKey)
			if err != nil {
				t.Error(err)
			}
			keys[i] = k
		})
	}
	starts.Wait()
	for _, k := range keys {
		if k == "" || k != keys[0] {
			t.Fatalf("starts disagree about the key: %v", keys)
		}
	}
	info, err := os.Stat(filepath.Join(s.DataDir, "key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("key file: mode %v, err %v; want 0600", info.Mode(), err)
	}
	if entries, _ := os.ReadDir(s.DataDir); len(entries) != 1 {
		t.Errorf("%d files in the data folder, want the key alone", len(entries))
	}
}

func TestMasterKeyRefusals(t *testing.T) {
	t.Parallel()
	never := func() (string, error) { return "", errors.New("a key was made") }

	open := Default()
	open.DataDir = t.TempDir()
	write(t, filepath.Join(open.DataDir, "key"), "k")
	if err := os.Chmod(filepath.Join(open.DataDir, "key"), 0o644); err != nil {
		t.Fatal(err)
	}
	mistyped := Default()
	mistyped.KeyFile = filepath.Join(t.TempDir(), "absent")
	empty := Default()
	empty.KeyFile = filepath.Join(t.TempDir(), "empty")
	write(t, empty.KeyFile, "\n")
	for name, s := range map[string]Settings{"open to others": open, "mistyped": mistyped, "empty": empty} {
		if k, err := s.MasterKey(never); err == nil || !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: key %q, err %v; want it refused", name, k, err)
		}
	}
	given := Default()
	given.Key = " k\n"
	if k, err := given.MasterKey(never); err != nil || k != "k" {
		t.Errorf("a given key: %q, %v", k, err)
	}
}
