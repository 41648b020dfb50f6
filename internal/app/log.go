package app

import (
	"io"
	"log/slog"
	"regexp"
	"time"

	"github.com/lmittmann/tint"

	"rejoinder/internal/config"
)

// NewLog returns the program's logger. Terminal says whether w is one: format "auto" then means text for
// people, else JSON for machines. Whatever is logged passes redact.
func NewLog(w io.Writer, s config.Settings, terminal bool) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(s.LogLevel)); err != nil {
		level = slog.LevelInfo
	}
	replace := func(_ []string, a slog.Attr) slog.Attr { return redact(a) }
	if s.LogFormat == "text" || s.LogFormat != "json" && terminal {
		return slog.New(tint.NewTextHandler(w, &tint.Options{
			Level: level, ReplaceAttr: replace, TimeFormat: time.TimeOnly, NoColor: !terminal,
		}))
	}
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: replace}))
}

// What no log line may hold, whoever wrote it: keys of all kinds, account links, phone numbers, database
// passwords. This is the net under the rule, not the rule: nobody logs them in the first place.
var secrets = []struct {
	find *regexp.Regexp
	put  string
}{
	{regexp.MustCompile(`\b(sk_partner|sk|pk|rjk|whsec)_[A-Za-z0-9_\-+/=]{6,}`), "${1}_…"},
	{regexp.MustCompile(`/(a|setup|enter|join)/[A-Za-z0-9_\-]{8,}`), "/${1}/…"},
	{regexp.MustCompile(`(postgres(?:ql)?://[^:@/\s]+):[^@\s]+@`), "${1}:…@"},
	{regexp.MustCompile(`(\+|%2[Bb])[1-9]\d{7,14}\b`), "+…"},
}

// redact hides secrets in one attribute. Errors are turned into text first: their text is what would be shown.
func redact(a slog.Attr) slog.Attr {
	switch v := a.Value.Any().(type) {
	case string:
		if clean := hide(v); clean != v {
			a.Value = slog.StringValue(clean)
		}
	case error:
		if text := v.Error(); hide(text) != text {
			a.Value = slog.StringValue(hide(text))
		}
	case []byte:
		a.Value = slog.StringValue(hide(string(v)))
	}
	return a
}

func hide(s string) string {
	for _, x := range secrets {
		s = x.find.ReplaceAllString(s, x.put)
	}
	return s
}
