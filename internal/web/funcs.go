package web

import (
	"fmt"
	"html/template"
	"maps"
	"strconv"
	"strings"
	"time"
)

// funcs are the functions of every template. Dates take the zone last: a *time.Location or an IANA name; the
// zero time shows as a dash. Money and phones show themselves: {{.Total}}, {{.Phone.Masked}}.
func (k *Kit) funcs() template.FuncMap {
	f := template.FuncMap{
		"asset":     k.assets.url,
		"icon":      Icon,
		"date":      func(t time.Time, zone any) (string, error) { return format(t, zone, "Jan 2, 2006") },
		"weekday":   func(t time.Time, zone any) (string, error) { return format(t, zone, "Monday, January 2") },
		"clock":     func(t time.Time, zone any) (string, error) { return format(t, zone, "3:04 PM") },
		"datetime":  func(t time.Time, zone any) (string, error) { return format(t, zone, "Jan 2, 2006, 3:04 PM") },
		"when":      when,
		"plural":    counted,
		"number":    grouped,
		"percent":   percent,
		"masked":    Masked,
		"linked":    linked,
		"list":      func(items ...string) []string { return items },
		"join":      strings.Join,
		"tone":      func(s string) Tone { return Tone(s) },
		"pill":      func(tone Tone, label string) Pill { return Pill{Tone: tone, Label: label} },
		"empty":     func(icon, title, text string) Empty { return Empty{Icon: icon, Title: title, Text: text} },
		"withlink":  func(label, href string, e Empty) Empty { e.Link = Link{Label: label, Href: href}; return e },
		"tile":      func(label string, value any) Tile { return Tile{Label: label, Value: text(value)} },
		"note":      func(v string, t Tile) Tile { t.Note = v; return t },
		"toned":     func(tone Tone, t Tile) Tile { t.Tone = tone; return t },
		"onoff":     func(action string, on bool, label string) OnOff { return OnOff{Action: action, On: on, Label: label} },
		"secret":    func(id, label, value string) Secret { return Secret{ID: id, Label: label, Value: value} },
		"plusone":   func(i int) int { return i + 1 },
		"initial":   initial,
		"barchart":  BarChart,
		"linechart": LineChart,
	}
	maps.Copy(f, inputFuncs())
	return f
}

func zoned(t time.Time, zone any) (time.Time, error) {
	switch z := zone.(type) {
	case *time.Location:
		if z != nil {
			return t.In(z), nil
		}
	case string:
		loc, err := time.LoadLocation(z)
		if err != nil {
			return t, fmt.Errorf("web: time zone: %w", err)
		}
		return t.In(loc), nil
	}
	return t, fmt.Errorf("web: a time is shown without a zone (%T)", zone)
}

func format(t time.Time, zone any, layout string) (string, error) {
	if t.IsZero() {
		return "–", nil
	}
	t, err := zoned(t, zone)
	return t.Format(layout), err
}

// when draws a moment as a <time> element: short to read, exact for machines and on hover.
func when(t time.Time, zone any) (template.HTML, error) {
	if t.IsZero() {
		return "–", nil
	}
	t, err := zoned(t, zone)
	if err != nil {
		return "", err
	}
	return timeElement(t, t.Format("Jan 2, 3:04 PM")), nil
}

// timeElement is safe as HTML: every part is the output of time.Format and escaped besides.
func timeElement(t time.Time, label string) template.HTML {
	return template.HTML(fmt.Sprintf(`<time datetime="%s" title="%s">%s</time>`, //nolint:gosec // escaped
		t.Format(time.RFC3339), template.HTMLEscapeString(t.Format("Monday, January 2, 2006, 3:04:05 PM MST")),
		template.HTMLEscapeString(label)))
}

// counted returns "1 order" or "1,204 orders".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + many
}

// grouped writes a whole number with commas.
func grouped(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// percent writes part of whole: "12.5%", and a dash when there is no whole.
func percent(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	s := strconv.FormatFloat(100*float64(part)/float64(whole), 'f', 1, 64)
	return strings.TrimSuffix(s, ".0") + "%"
}

// Masked shows a secret so that its owner can tell it from another: its prefix up to the last underscore (at
// most eight characters) and its last four, and only dots when it is too short to spare them.
func Masked(secret string) string {
	const dots = "••••••••"
	if len(secret) < 12 {
		return dots
	}
	prefix := ""
	if i := strings.LastIndexByte(secret[:min(8, len(secret))], '_'); i >= 0 {
		prefix = secret[:i+1]
	}
	return prefix + dots + secret[len(secret)-4:]
}

// initial is the letter that stands for a person: of the name, else of the e-mail address.
func initial(name, email string) string {
	for _, r := range name + email {
		return strings.ToUpper(string(r))
	}
	return ""
}

// text writes any plain value as a field shows it.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case fmt.Stringer:
		return v.String()
	}
	return fmt.Sprint(v)
}
