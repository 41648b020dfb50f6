package when

import (
	"bufio"
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

// TestExpressions reads testdata/expressions.txt.
func TestExpressions(t *testing.T) {
	t.Parallel()
	f, err := os.Open("testdata/expressions.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, floor := Calendar{Today: today, Language: "en"}, order
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if strings.HasPrefix(line, "#") {
			continue
		}
		if at, ok := strings.CutPrefix(line, "@ "); ok {
			setting, value, _ := strings.Cut(at, " ")
			switch setting {
			case "language":
				c = Calendar{Today: c.Today, Language: value, DayFirst: value != "en"}
			case "dates":
				c.Either = value == "either"
			case "today":
				c.Today = date(value)
			case "floor":
				floor = date(value)
			default:
				t.Fatalf("line %d: %q is no setting", n, setting)
			}
			continue
		}
		text, want, ok := strings.Cut(line, " => ")
		if !ok {
			continue
		}
		text, _ = strings.CutSuffix(text, "$") // keeps a space before it
		tokens := split(text)
		got, took := c.Read(tokens, 0)
		said := describe(c, floor, got)
		switch {
		case took == 0:
			said = "-"
		case took < len(tokens):
			said += fmt.Sprintf(" +%d", len(tokens)-took)
		}
		if said != want {
			t.Errorf("line %d: %q means %q, want %q (%+v)", n, text, said, want, got)
		}
	}
}
