package when

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"rejoinder/internal/subscription"
)

// split cuts a text into tokens as package reply does: words of letters and digits, lower case, no apostrophes.
func split(text string) []Token {
	var tokens []Token
	var word, gap strings.Builder
	flush := func() {
		if word.Len() > 0 {
			tokens = append(tokens, Token{Word: word.String(), Gap: gap.String()})
			word.Reset()
			gap.Reset()
		}
	}
	for _, r := range strings.ToLower(norm.NFKC.String(text)) {
		switch {
		case r == '\'' || r == '’':
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\u2044':
			word.WriteRune(r)
		default:
			flush()
			gap.WriteRune(r)
		}
	}
	flush()
	return tokens
}

func date(s string) subscription.Date {
	d, err := subscription.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

var (
	today = date("2026-11-10") // a Tuesday
	order = date("2026-11-24") // a Tuesday
)

// describe says what an expression of tokens comes to for an order that is to be moved.
func describe(c Calendar, floor subscription.Date, t Time) string {
	var b strings.Builder
	if t.Vague {
		b.WriteString("? ")
	}
	switch {
	case t.Count > 0:
		fmt.Fprintf(&b, "%d %s", t.Count, t.Unit)
		switch t.Base {
		case FromToday:
			b.WriteString(" from today")
		case FromOrder:
			b.WriteString(" from order")
		case Lasting:
			b.WriteString(" lasting")
		}
	case !t.Day.IsZero():
		dates, why := c.After(floor, t.Day)
		if why != OK {
			b.WriteString(string(why))
		}
		for i, d := range dates {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(d.String())
		}
	}
	return strings.TrimSpace(b.String())
}

// expression is a line of testdata/expressions.txt with what it is read against.
type expression struct {
	line       int
	text, want string
	c          Calendar
	floor      subscription.Date
}

func expressions(t testing.TB) []expression {
	t.Helper()
	raw, err := os.ReadFile("testdata/expressions.txt")
	if err != nil {
		t.Fatal(err)
	}
	c, floor := Calendar{}, subscription.Date{}
	var all []expression
	for i, line := range strings.Split(string(raw), "\n") {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		if at, ok := strings.CutPrefix(line, "@ "); ok {
			switch setting, value, _ := strings.Cut(at, " "); setting {
			case "language":
				c = Calendar{Today: c.Today, Language: value, DayFirst: value != "en"}
			case "dates":
				c.Either = value == "either"
			case "today":
				c.Today = date(value)
			case "floor":
				floor = date(value)
			default:
				t.Fatalf("line %d: %q is no setting", i+1, setting)
			}
			continue
		}
		text, want, ok := strings.Cut(line, " => ")
		if !ok {
			t.Fatalf("line %d has no meaning", i+1)
		}
		all = append(all, expression{i + 1, text, want, c, floor})
	}
	return all
}

func TestExpressions(t *testing.T) {
	t.Parallel()
	all := expressions(t)
	if len(all) < 250 {
		t.Errorf("there are only %d expressions", len(all))
	}
	for _, e := range all {
		tokens := split(e.text)
		got, took := e.c.Read(tokens, 0)
		said := describe(e.c, e.floor, got)
		switch {
		case took == 0:
			said = "-"
		case took < len(tokens):
			said += fmt.Sprintf(" +%d", len(tokens)-took)
		}
		if said != e.want {
			t.Errorf("line %d: %q means %q, want %q (%+v)", e.line, e.text, said, e.want, got)
		}
	}
}
