package reply

import (
	"strings"
	"testing"
	"unicode"
)

// TestTablesAreWrittenAsWordsAreRead finds what could never match: capitals that name no group, accents that are
// taken off, punctuation, and accented words that stand in no table.
func TestTablesAreWrittenAsWordsAreRead(t *testing.T) {
	t.Parallel()
	for _, l := range lexicons() {
		used, seen := make(map[string]bool), make(map[*entry]bool)
		for _, entries := range entriesFrom() {
			for _, e := range entries {
				if e.language != l.language || seen[e] {
					continue
				}
				seen[e] = true
				for w := range e.words() {
					if used[w] {
						continue
					}
					used[w] = true
					if !accented()[w] && w != unaccented(w) || strings.ContainsFunc(w, func(r rune) bool {
						return unicode.IsUpper(r) || !unicode.IsLetter(r) && !unicode.IsDigit(r)
					}) {
						t.Errorf("%s: %q is no word as the grammar sees them", l.language, w)
					}
				}
			}
		}
		for w := range strings.FieldsSeq(l.accents) {
			if !used[w] {
				t.Errorf("%s: the accents of %q matter, but it is in no table", l.language, w)
			}
		}
	}
}

// words are all words that stand anywhere in the phrase.
func (e *entry) words() map[string]bool {
	all := make(map[string]bool)
	for _, s := range e.steps {
		for w := range s.ones {
			all[w] = true
		}
		for _, same := range s.many {
			for _, m := range same {
				for _, w := range m {
					all[w] = true
				}
			}
		}
	}
	return all
}

// TestNoWordingAsksForTwoThings finds wordings that stand for two commands in one language.
func TestNoWordingAsksForTwoThings(t *testing.T) {
	t.Parallel()
	type asking struct {
		l Language
		s string
	}
	means := make(map[asking]map[Meaning]bool)
	seen := make(map[*entry]bool)
	for _, entries := range entriesFrom() {
		for _, e := range entries {
			m := e.row.means
			if seen[e] || !m.IsCommand() || e.row.role != verb && e.row.role != says || e.row.trait&(vague|faint|sends) != 0 {
				continue
			}
			seen[e] = true
			for _, s := range e.wordings(2000) {
				k := asking{e.language, s}
				if means[k] == nil {
					means[k] = make(map[Meaning]bool)
				}
				means[k][m] = true
			}
		}
	}
	for k, all := range means {
		delete(all, Resume) // to take back a pause is to resume
		if k.l == English && strings.HasSuffix(k.s, " back") {
			delete(all, Undo) // "move it back" is later or where it was; a delay without a date is asked anyway
		}
		if len(all) > 1 {
			t.Errorf("%s: %q means %v", k.l, k.s, all)
		}
	}
}

// wordings are the ways to say the phrase; none when there are more than most.
func (e *entry) wordings(most int) []string {
	all := []string{""}
	for _, s := range e.steps {
		var next []string
		for _, was := range all {
			add := func(w string) { next = append(next, strings.TrimSpace(was+" "+w)) }
			if s.optional {
				add("")
			}
			for w := range s.ones {
				add(w)
			}
			for _, same := range s.many {
				for _, m := range same {
					add(strings.Join(m, " "))
				}
			}
			if len(next) > most {
				return nil
			}
		}
		all = next
	}
	return all
}
