package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"rejoinder/internal/fault"
)

// Validate reports everything that is wrong with the settings at once, nil when nothing is. It opens nothing.
// Faults name the flag, and never repeat a value that may hold a password.
func (s Settings) Validate() error {
	return errors.Join(
		checkListen(s.Listen),
		orNil(s.DataDir == "", "data-dir", "Name a folder for the data."),
		checkBase("public-url", s.PublicURL, true),
		checkBase("postscript-url", s.PostscriptURL, false),
		orNil(s.Proxies < 0 || s.Proxies > 10, "proxies", "The number of proxies in front must be 0 to 10."),
		checkDatabase(s.DatabaseURL),
		orNil(s.DatabaseURL != "" && s.DatabaseURLFile != "", "database-url-file",
			"Give the database URL itself or a file that holds it, not both."),
		orNil(s.Key != "" && s.KeyFile != "", "key-file",
			"Give the encryption key itself or a file that holds it, not both."),
		orNil(s.PostscriptPartnerKey != "" && s.PostscriptPartnerKeyFile != "", "postscript-partner-key-file",
			"Give the partner key itself or a file that holds it, not both."),
		orNil(s.PostscriptPartnerKey != "" && !strings.HasPrefix(s.PostscriptPartnerKey, "sk_partner_"),
			"postscript-partner-key", "A Postscript partner key begins with sk_partner_."),
		orNil(s.MetricsToken != "" && s.MetricsTokenFile != "", "metrics-token-file",
			"Give the metrics token itself or a file that holds it, not both."),
		checkMetricsToken(s.MetricsToken),
		checkOneOf("log-format", s.LogFormat, "text", "json", "auto"),
		checkOneOf("log-level", s.LogLevel, "debug", "info", "warn", "error"),
		orNil(s.ShutdownGrace <= 0 || s.ShutdownGrace > 10*time.Minute, "shutdown-grace",
			"The time to finish work at a stop must be more than nothing and at most 10 minutes."),
	)
}

// orNil returns a fault that blames flag when wrong, else a nil error (not a nil *fault.Error, which
// errors.Join would count).
func orNil(wrong bool, flag, format string, args ...any) error {
	if !wrong {
		return nil
	}
	return fault.Field(flag, format, args...)
}

func checkListen(addr string) error {
	_, port, err := net.SplitHostPort(addr)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	return orNil(err != nil, "listen", "%q is not an address and port such as 127.0.0.1:8080 or :8080.", addr)
}

// checkBase checks an address that paths are added to. Plain http is taken only for this machine: keys, phone
// numbers and account links travel over it.
func checkBase(flag, raw string, optional bool) error {
	if raw == "" {
		return orNil(!optional, flag, "Give an address that begins with https://.")
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Hostname() == "" || u.User != nil {
		return fault.Field(flag, "That is not an address such as https://texts.example.com.")
	}
	if strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return fault.Field(flag, "Give the address without a path: https://%s.", u.Host)
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return fault.Field(flag, "The address must begin with https:// (http:// only for this machine).")
	}
	return nil
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

func checkDatabase(raw string) error {
	if raw == "" {
		return nil
	}
	u, err := url.Parse(raw) // its error repeats the URL, password and all: never wrap it
	switch {
	case err != nil:
		return fault.Field("database-url", "That is not a URL; special characters in a password must be percent-encoded.")
	case u.Scheme != "postgres" && u.Scheme != "postgresql":
		return fault.Field("database-url", "The database URL must begin with postgres:// (leave it out for SQLite).")
	case u.Host == "" && u.Query().Get("host") == "":
		return fault.Field("database-url", "The database URL names no host.")
	case strings.Trim(u.Path, "/") == "" && u.Query().Get("dbname") == "":
		return fault.Field("database-url", "The database URL names no database after the host.")
	}
	return nil
}

// checkMetricsToken refuses a token that could be guessed, or that no header could carry.
func checkMetricsToken(token string) error {
	unfit := strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' })
	return orNil(token != "" && (len(token) < 16 || unfit), "metrics-token",
		"A metrics token has at least 16 letters, digits and marks, and no spaces. To make one: openssl rand -hex 32")
}

func checkOneOf(flag, got string, allowed ...string) error {
	return orNil(!slices.Contains(allowed, got), flag, "%q is none of %s.", got, strings.Join(allowed, ", "))
}

// String shows every setting on a line of its own, secrets masked: for "rejoinder doctor" and bug reports.
func (s Settings) String() string {
	var b strings.Builder
	for _, line := range []struct{ name, value string }{
		{"listen", s.Listen},
		{"data-dir", s.DataDir},
		{"public-url", orNone(s.PublicURL)},
		{"proxies", strconv.Itoa(s.Proxies)},
		{"database-url", maskDatabase(s.DatabaseURL)},
		{"database-url-file", orNone(s.DatabaseURLFile)},
		{"key", mask(s.Key)},
		{"key-file", orNone(s.KeyFile)},
		{"postscript-url", s.PostscriptURL},
		{"postscript-partner-key", mask(s.PostscriptPartnerKey)},
		{"postscript-partner-key-file", orNone(s.PostscriptPartnerKeyFile)},
		{"metrics-token", mask(s.MetricsToken)},
		{"metrics-token-file", orNone(s.MetricsTokenFile)},
		{"log-format", s.LogFormat},
		{"log-level", s.LogLevel},
		{"shutdown-grace", s.ShutdownGrace.String()},
	} {
		fmt.Fprintf(&b, "%-28s %s\n", line.name, line.value)
	}
	return b.String()
}

// GoString keeps secrets out of %#v.
func (s Settings) GoString() string { return s.String() }

// LogValue keeps secrets out of the log.
func (s Settings) LogValue() slog.Value { return slog.StringValue(s.String()) }

func orNone(v string) string {
	if v == "" {
		return "(none)"
	}
	return v
}

func mask(secret string) string {
	if secret == "" {
		return "(none)"
	}
	return "(set)"
}

// maskDatabase shows where the database is and as whom, not the password: neither the one before the host nor
// those that drivers take as parameters.
func maskDatabase(raw string) string {
	if raw == "" {
		return "(none: SQLite)"
	}
	u, err := url.Parse(raw)
	if err != nil {
		return "(set, not a URL)"
	}
	if _, has := u.User.Password(); has {
		u.User = url.UserPassword(u.User.Username(), "xxxxx")
	}
	q := u.Query()
	for name := range q {
		if strings.Contains(strings.ToLower(name), "pass") {
			q.Set(name, "xxxxx")
		}
	}
	u.RawQuery = q.Encode()
	return u.String()
}
