package corpus

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
)

// Line is one labelled reply.
type Line struct {
	File   string // the name of the file, if the caller sets it
	Number int    // in the file, from 1
	Text   string
	In     reply.Situation
	Label  Label
}

// File is a file of labelled replies.
type File struct {
	Head  []string // the comment it begins with, without "# "
	Lines []Line
}

// Parse reads a file. It reads on after a line that is wrong, so that the error lists them all, with their numbers.
func Parse(r io.Reader) (File, error) {
	var f File
	var wrong []string
	in, head := reply.Situation{}, true
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		s := lines.Text()
		comment, isComment := strings.CutPrefix(s, "# ")
		switch {
		case head && isComment:
			f.Head = append(f.Head, comment)
			continue
		case isComment, s == "#", strings.TrimSpace(s) == "":
			head = false
			continue
		}
		head = false
		var err error
		if set, isSituation := strings.CutPrefix(s, "@ "); isSituation {
			err = situate(&in, strings.TrimSpace(set))
		} else {
			l := Line{Number: n, In: in}
			if l.Text, l.Label, err = parseLine(s, in); err == nil {
				f.Lines = append(f.Lines, l)
			}
		}
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("line %d: %v", n, err))
		}
	}
	if err := lines.Err(); err != nil {
		wrong = append(wrong, err.Error())
	}
	if len(wrong) > 0 {
		return f, fmt.Errorf("corpus: %d lines are wrong:\n%s", len(wrong), strings.Join(wrong, "\n"))
	}
	return f, nil
}

func parseLine(s string, in reply.Situation) (text string, label Label, err error) {
	i := strings.LastIndex(s, " => ")
	if i < 0 {
		return "", nil, fmt.Errorf("there is no => in %q", s)
	}
	if text = s[:i]; strings.Contains(text, `\`) {
		if text, err = strconv.Unquote(`"` + strings.ReplaceAll(text, `"`, `\"`) + `"`); err != nil {
			return "", nil, fmt.Errorf("%q is no Go escape", s[:i])
		}
	}
	label, err = ParseLabel(s[i+4:], in)
	return text, label, err
}

// situate applies one line that begins with @. What in shares with lines before is replaced, never changed.
func situate(in *reply.Situation, s string) error {
	key, value, _ := strings.Cut(s, " ")
	value = strings.TrimSpace(value)
	var err error
	switch key {
	case "language":
		in.Language, in.DateOrder = reply.Language(value), ""
		if !slices.Contains(reply.Languages(), in.Language) {
			return fmt.Errorf("%q is no language", value)
		}
	case "dates":
		in.DateOrder = reply.DateOrder(value)
		if !slices.Contains([]reply.DateOrder{reply.MonthFirst, reply.DayFirst, reply.EitherWay}, in.DateOrder) {
			return fmt.Errorf("%q is no order of dates", value)
		}
	case "today":
		in.Today, err = subscription.ParseDate(value)
	case "order":
		in.Order, err = subscription.ParseDate(value)
	case "has", "offers":
		offer := key == "offers"
		in.Products = slices.DeleteFunc(slices.Clone(in.Products), func(p reply.Product) bool { return p.Offer == offer })
		for _, name := range list(value) {
			in.Products = append(in.Products, reply.Product{Key: name, Name: name, Offer: offer})
		}
	case "ask":
		in.Open, err = ParseQuestion(value, *in)
	default:
		return fmt.Errorf("nothing is called @ %s", key)
	}
	return err
}

// list splits "House Blend / Green Tea".
func list(s string) (out []string) {
	for item := range strings.SplitSeq(s, "/") {
		if item = strings.TrimSpace(item); item != "" {
			out = append(out, item)
		}
	}
	return out
}

// ParseQuestion reads what follows "@ ask": "order skip: Coffee [2026-11-24] / Tea [2026-12-02]", "yes now", "none". The
// question is built as the bridge builds it; nil is none.
func ParseQuestion(s string, in reply.Situation) (*reply.Question, error) {
	head, options, _ := strings.Cut(s, ":")
	about, meaning, _ := strings.Cut(head, " ")
	if about == "none" && meaning == "" {
		return nil, nil
	}
	q := &reply.Question{About: reply.About(about), Wish: reply.Wish{Meaning: reply.Meaning(strings.TrimSpace(meaning))}}
	if !q.Wish.Meaning.Changes() {
		return nil, fmt.Errorf("%q is no question: nothing is called %q that could be asked about", s, meaning)
	}
	for _, o := range list(options) {
		label, key, isKeyed := strings.Cut(o, " [")
		if key = strings.TrimSuffix(key, "]"); !isKeyed {
			key = label
		}
		if _, err := subscription.ParseDate(key); err != nil && (q.About == reply.AboutOrder || q.About == reply.AboutDate) {
			return nil, fmt.Errorf("the option %q has no date", o)
		}
		q.Options = append(q.Options, reply.Option{Label: label, Key: key})
	}
	ordered := q.Wish.Meaning == reply.Skip || q.Wish.Meaning == reply.Delay || q.Wish.Meaning == reply.Now
	switch q.About {
	case reply.AboutYes, reply.AboutDate:
		if q.About == reply.AboutYes && len(q.Options) > 0 {
			return nil, fmt.Errorf("%q: a yes-or-no question has no options", s)
		}
		if ordered {
			q.Order = in.Order
		}
	case reply.AboutOrder, reply.AboutProduct:
		if len(q.Options) == 0 {
			return nil, fmt.Errorf("%q has no options", s)
		}
		if q.About == reply.AboutProduct && q.Wish.Meaning == reply.Swap {
			q.Wish.Product = swapped(q.Options, in.Products)
		}
	default:
		return nil, fmt.Errorf("nothing is asked about %q", about)
	}
	return q, nil
}

// swapped is the key of the product another is to take the place of: it is known when what is offered is no product of
// the customer's own.
func swapped(options []reply.Option, products []reply.Product) string {
	own := slices.DeleteFunc(slices.Clone(products), func(p reply.Product) bool { return p.Offer })
	asked := slices.ContainsFunc(own, func(p reply.Product) bool { return p.Key == options[0].Key })
	if len(own) == 0 || asked {
		return ""
	}
	return own[0].Key
}
