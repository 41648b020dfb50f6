package reply

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rejoinder/internal/subscription"
)

// labelled is one line of a file of labelled replies with the situation it stands in. The form of the files is told in
// package corpus, which judges the halves that are measured; it imports this package, so these tests read for themselves.
type labelled struct {
	number int
	text   string
	in     Situation
	want   []string // any of them
}

// labelledLines reads a file of labelled replies.
func labelledLines(t testing.TB, file string) []labelled {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []labelled
	var in Situation
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		s := lines.Text()
		switch {
		case strings.HasPrefix(s, "# "), s == "#", strings.TrimSpace(s) == "":
			continue
		case strings.HasPrefix(s, "@"):
			if err := situate(&in, strings.TrimSpace(s[1:])); err != nil {
				t.Fatalf("line %d: %v", n, err)
			}
			continue
		}
		raw, want, ok := strings.Cut(s, " => ")
		if !ok {
			t.Fatalf("line %d has no =>: %s", n, s)
		}
		if strings.Contains(raw, `\`) {
			raw, err = strconv.Unquote(`"` + strings.ReplaceAll(raw, `"`, `\"`) + `"`)
			if err != nil {
				t.Fatalf("line %d: %v", n, err)
			}
		}
		all = append(all, labelled{number: n, text: raw, in: in, want: strings.Split(strings.TrimSpace(want), " or ")})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// situate applies one line that begins with @.
func situate(in *Situation, s string) error {
	key, value, _ := strings.Cut(s, " ")
	value = strings.TrimSpace(value)
	switch key {
	case "language":
		in.Language, in.DateOrder = Language(value), ""
	case "dates":
		in.DateOrder = DateOrder(value)
	case "today", "order":
		d, err := subscription.ParseDate(value)
		if err != nil {
			return err
		}
		if key == "today" {
			in.Today = d
		} else {
			in.Order = d
		}
	case "has", "offers":
		offer := key == "offers"
		in.Products = slices.DeleteFunc(slices.Clone(in.Products), func(p Product) bool { return p.Offer == offer })
		for name := range strings.SplitSeq(value, "/") {
			name = strings.TrimSpace(name)
			in.Products = append(in.Products, Product{Key: name, Name: name, Offer: offer})
		}
	case "ask":
		in.Open = asked(value)
	default:
		return fmt.Errorf("unknown @ %s", key)
	}
	return nil
}

// asked reads "order skip: A [2026-11-24] / B", "date delay: 2026-11-20 / …", "yes now" and "none".
func asked(s string) *Question {
	head, options, _ := strings.Cut(s, ":")
	about, meaning, _ := strings.Cut(head, " ")
	if about == "none" {
		return nil
	}
	q := &Question{About: About(about), Wish: Wish{Meaning: Meaning(strings.TrimSpace(meaning))}}
	for o := range strings.SplitSeq(options, "/") {
		if o = strings.TrimSpace(o); o == "" {
			continue
		}
		label, key, ok := strings.Cut(o, " [")
		if !ok {
			key = label
		}
		q.Options = append(q.Options, Option{Label: label, Key: strings.TrimSuffix(key, "]")})
	}
	return q
}

// spell writes u as labels are written.
func spell(u Understood) string {
	parts := []string{spellWish(u.Wish)}
	if u.Meaning == Choice {
		parts[0] = "choice"
		for _, p := range u.Picks {
			parts[0] += " " + strconv.Itoa(p+1)
		}
		if len(u.Picks) == 0 {
			parts[0] = "choice none"
		}
	}
	for _, w := range u.Then {
		parts = append(parts, spellWish(w))
	}
	s := strings.Join(parts, " & ")
	if u.Certainty == Likely {
		s = "?" + s
	}
	return s
}

func spellWish(w Wish) string {
	s := string(w.Meaning)
	if w.Meaning == Quantity {
		if w.More {
			s += fmt.Sprintf(" %+d", w.Count)
		} else if w.Count != 0 {
			s += " " + strconv.Itoa(w.Count)
		}
	}
	if w.Amount.Count > 0 {
		s += fmt.Sprintf(" %d %s", w.Amount.Count, w.Amount.Unit)
	}
	if len(w.Dates) > 0 {
		names := make([]string, len(w.Dates))
		for i, d := range w.Dates {
			names[i] = d.String()
		}
		key := "to"
		if w.Meaning == Skip || w.Meaning == Undo {
			key = "on"
		}
		s += " " + key + "=" + strings.Join(names, ",")
	}
	if w.Meaning == Skip && w.Count > 1 {
		s += " count=" + strconv.Itoa(w.Count)
	}
	if w.All {
		s += " all"
	}
	if w.Product != "" {
		s += " of=" + w.Product
	}
	if w.For != "" {
		s += " for=" + w.For
	}
	return s
}
