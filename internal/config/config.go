// Package config holds the settings of the program: one struct with its defaults, checks and masked print.
//
// It exists so that every part is given its own few settings by app and none but cli and config ever looks at
// the environment or a file of settings. The struct carries the tags of the command line's parser, so that
// flag, variable, default and help stand beside each other; the order (default, file, environment, flag) is
// cli's doing. It must not open the database, start anything or print a secret.
//
//	cli parses → Settings.Resolve (secret files read, everything checked) → MasterKey → app.Run
package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"rejoinder/internal/fault"
)

// Settings are what a person may choose. Default returns the values that work with nothing chosen.
type Settings struct {
	Listen    string `help:"Address and port to serve on." env:"REJOINDER_LISTEN" default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	DataDir   string `help:"Folder for the SQLite file and the key file; made when missing." env:"REJOINDER_DATA_DIR" default:"./rejoinder-data" placeholder:"DIR"`
	PublicURL string `name:"public-url" help:"The https address under which shoppers and Postscript reach this server, for webhooks and account links." env:"REJOINDER_PUBLIC_URL" placeholder:"URL"`

	Proxies int `help:"How many proxies of yours stand in front, each adding to X-Forwarded-For: sign-in is slowed down by the visitor's address." env:"REJOINDER_PROXIES" default:"0" placeholder:"N"`

	DatabaseURL     string `name:"database-url" json:"-" help:"PostgreSQL URL (postgres://...). Without it, an SQLite file in the data folder." env:"REJOINDER_DATABASE_URL" placeholder:"URL"`
	DatabaseURLFile string `name:"database-url-file" help:"File that holds the PostgreSQL URL." env:"REJOINDER_DATABASE_URL_FILE" placeholder:"FILE"`

	Key     string `json:"-" hidden:"" help:"Encryption key for stored secrets. Use the environment or a file: a command line can be read by every user of the machine." env:"REJOINDER_KEY"`
	KeyFile string `name:"key-file" help:"File that holds the encryption key for stored secrets. Without it and without REJOINDER_KEY, the file \"key\" in the data folder, made at the first start." env:"REJOINDER_KEY_FILE" placeholder:"FILE"`

	PostscriptURL            string `name:"postscript-url" help:"Where shops reach the real Postscript." env:"REJOINDER_POSTSCRIPT_URL" default:"https://api.postscript.io" placeholder:"URL"`
	PostscriptPartnerKey     string `name:"postscript-partner-key" json:"-" hidden:"" help:"Postscript partner key (sk_partner_...), for vendors who have one." env:"REJOINDER_POSTSCRIPT_PARTNER_KEY"`
	PostscriptPartnerKeyFile string `name:"postscript-partner-key-file" help:"File that holds a Postscript partner key, for vendors who have one." env:"REJOINDER_POSTSCRIPT_PARTNER_KEY_FILE" placeholder:"FILE"`

	MetricsToken     string `name:"metrics-token" json:"-" hidden:"" help:"Bearer token that whoever reads /metrics must send." env:"REJOINDER_METRICS_TOKEN"`
	MetricsTokenFile string `name:"metrics-token-file" help:"File that holds the bearer token with which Prometheus reads /metrics. Without one, only this machine may read it." env:"REJOINDER_METRICS_TOKEN_FILE" placeholder:"FILE"`

	LogFormat     string        `name:"log-format" help:"How log lines look: text, json, or auto (text on a terminal, else json)." env:"REJOINDER_LOG_FORMAT" default:"auto" placeholder:"FORMAT"`
	LogLevel      string        `name:"log-level" help:"The least important log lines shown: debug, info, warn or error." env:"REJOINDER_LOG_LEVEL" default:"info" placeholder:"LEVEL"`
	ShutdownGrace time.Duration `name:"shutdown-grace" help:"How long work in progress may take to finish at a stop." env:"REJOINDER_SHUTDOWN_GRACE" default:"15s" placeholder:"DURATION"`
}

// Default returns the settings of a start with nothing chosen. They equal the default tags.
func Default() Settings {
	return Settings{
		Listen:        "127.0.0.1:8080",
		DataDir:       "./rejoinder-data",
		PostscriptURL: "https://api.postscript.io",
		LogFormat:     "auto",
		LogLevel:      "info",
		ShutdownGrace: 15 * time.Second,
	}
}

// Resolve returns the settings as the program uses them: checked, secrets read from their files, addresses
// without a trailing slash. The error holds every fault found, one a line, each a *fault.Error that blames a flag by
// name. Show err.Error(), since fault.Message knows only the first.
func (s Settings) Resolve() (Settings, error) {
	errs := []error{s.Validate()}
	for _, secret := range []struct {
		flag, file string
		into       *string
	}{
		{"database-url-file", s.DatabaseURLFile, &s.DatabaseURL},
		{"postscript-partner-key-file", s.PostscriptPartnerKeyFile, &s.PostscriptPartnerKey},
		{"metrics-token-file", s.MetricsTokenFile, &s.MetricsToken},
	} {
		if secret.file == "" || *secret.into != "" {
			continue // nothing to read, or both given, which Validate has reported
		}
		text, err := readSecret(secret.flag, secret.file)
		errs = append(errs, err)
		*secret.into = text
	}
	s.PublicURL = strings.TrimRight(s.PublicURL, "/")
	s.PostscriptURL = strings.TrimRight(s.PostscriptURL, "/")
	s.DatabaseURLFile, s.PostscriptPartnerKeyFile, s.MetricsTokenFile = "", "", ""
	if err := errors.Join(errs...); err != nil {
		return Settings{}, err
	}
	// Again, now for what the files held.
	if err := s.Validate(); err != nil {
		return Settings{}, err
	}
	return s, nil
}

// Postgres reports whether the settings choose PostgreSQL.
func (s Settings) Postgres() bool { return s.DatabaseURL != "" }

// SQLitePath is where the SQLite file is, when Postgres is false.
func (s Settings) SQLitePath() string { return filepath.Join(s.DataDir, "rejoinder.db") }

// MasterKey returns the encryption key: the one given, else the one in the file named, else the one in the
// data folder, which is made with newKey at the first start and readable by its owner only. A file that was named must
// exist: to make a new key at a mistyped path would leave every stored secret unreadable.
//
// Machines that share a database need the same key: give it to each.
func (s Settings) MasterKey(newKey func() (string, error)) (string, error) {
	if s.Key != "" {
		return strings.TrimSpace(s.Key), nil
	}
	if s.KeyFile != "" {
		return readSecret("key-file", s.KeyFile)
	}
	path := s.keyPath()
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		if err := makeKeyFile(path, newKey); err != nil {
			return "", err
		}
		return readSecret("data-dir", path)
	}
	if err != nil {
		return "", fmt.Errorf("config: look for the key file: %w", err)
	}
	if open := info.Mode().Perm() & 0o077; open != 0 {
		return "", fault.Field("data-dir", "The key file %s can be read by other users: run chmod 600 on it.", path)
	}
	return readSecret("data-dir", path)
}

// KeySource says, for people, where MasterKey finds the key.
func (s Settings) KeySource() string {
	switch {
	case s.Key != "":
		return "the variable REJOINDER_KEY"
	case s.KeyFile != "":
		return "the file " + s.KeyFile + " (--key-file)"
	}
	return "the file " + s.keyPath()
}

// HasKey reports whether MasterKey would find a key, or name a file that must be there, and make none.
func (s Settings) HasKey() bool {
	if s.Key != "" || s.KeyFile != "" {
		return true
	}
	_, err := os.Stat(s.keyPath())
	return !errors.Is(err, os.ErrNotExist)
}

func (s Settings) keyPath() string { return filepath.Join(s.DataDir, "key") }

// makeKeyFile writes a new key where none is. Two processes may start at once: each writes a file of its own
// and links it into place, which succeeds for one; both then read the same key.
func makeKeyFile(path string, newKey func() (string, error)) (err error) {
	defer fault.Wrap(&err, "config: make the key file")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	key, err := newKey()
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".key-*") // 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(key + "\n")
	// Synced before it has its name: a key lost to a power cut would take all stored secrets with it.
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	dir, err := os.Open(filepath.Dir(path)) // the name is in the folder, which is synced apart
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// maxSecret is more than any secret here is long; a larger file is the wrong file.
const maxSecret = 64 << 10

// readSecret returns the trimmed content of a secret's file. The error blames the flag and never holds content.
func readSecret(flag, path string) (string, error) {
	info, err := os.Stat(path)
	if err == nil && info.Size() > maxSecret {
		return "", fault.Field(flag, "The file %s is too large to hold a secret.", path)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", fault.From(fault.Invalid, err, "The file for %s cannot be read", flag)
	}
	text := strings.TrimSpace(string(raw))
	if text == "" {
		return "", fault.Field(flag, "The file %s is empty.", path)
	}
	return text, nil
}
