package reply

import (
	"strings"
	"testing"
)

// TestBadInput has what phones, gateways and people send that is no sentence. Each has a defined meaning; labels are
// written as in the files of testdata.
func TestBadInput(t *testing.T) {
	t.Parallel()
	which, whether := asked("order skip: Coffee / Tea"), asked("yes skip")
	tests := []struct {
		name string
		text string
		open *Question
		want string
	}{
		{"empty", "", nil, "unknown"},
		{"empty while a question is open", "", which, "unknown"},
		{"only spaces and newlines", " \t\n\r\u00a0\u2003 ", nil, "unknown"},
		{"only punctuation", "?!… --", nil, "unknown"},
		{"only control characters", "\x00\x01\x7f", nil, "unknown"},
		{"a picture without text", "\ufffc", nil, "unknown"}, // phones send this where the picture stood
		{"a picture and a command", "\ufffc skip", nil, "skip"},
		{"a picture without text as an answer", "\ufffc", whether, "unknown"},

		{"1,599 characters of chatter", chatter(tooLong - 1), nil, "unknown"},
		{"1,600 characters of chatter", chatter(tooLong), nil, "unknown"},
		{"1,600 characters with a command", "skip. " + chatter(tooLong-6), nil, "unknown"},
		{"1,600 characters that end in an opt-out", chatter(tooLong-17) + " stop texting me.", nil, "opt_out"},
		{"a book", strings.Repeat(chatter(tooLong), 100), nil, "unknown"},

		{"a byte that is no UTF-8", "\xff", nil, "unknown"},
		{"a damaged command", "skip\xff", nil, "unknown"},
		{"a damaged opt-out", "st\xffop", nil, "opt_out"},
		{"a damaged answer", "\xc3 2", which, "unknown"},
		{"half a surrogate pair", "skip \xed\xa0\xbd", nil, "unknown"},
		{"damaged before it came here", "skip\ufffd", nil, "unknown"},

		{"Hebrew", "לדלג בבקשה", nil, "unknown"},
		{"Arabic", "توقف", nil, "unknown"},
		{"a command in Hebrew company", "skip לדלג", nil, "unknown"},
		{"a command turned right to left", "\u202eskip\u202c", nil, "skip"},
		{"an opt-out between direction marks", "\u200fSTOP\u200e", nil, "opt_out"},
		{"a number between direction marks", "\u20672\u2069", which, "choice 2"},

		{"only zero-width characters", "\u200b\u200d\ufeff\u2060", nil, "unknown"},
		{"a command with zero-width characters", "s\u200bk\u200ci\u200dp\ufeff", nil, "skip"},
		{"an opt-out with zero-width characters", "\u2060st\u00adop\u200b", nil, "opt_out"},
		{"a command struck out", "s\u0336k\u0336i\u0336p\u0336", nil, "unknown"},
		{"an opt-out struck out", "s\u0336t\u0336o\u0336p\u0336", nil, "opt_out"},
		{"mathematical letters", "𝐬𝐤𝐢𝐩", nil, "skip"},

		{"only a thumb", "👍🏽", nil, "thanks"},
		{"a thumb that agrees", "👍", whether, "yes"},
		{"a thumb down that refuses", "👎🏿", whether, "no"},
		{"a thumb that chooses nothing", "👍", which, "thanks"},
		{"only other emoji", "🐙👩‍👩‍👧🇫🇷", nil, "unknown"},
		{"other emoji agree to nothing", "🐙", whether, "unknown"},
		{"a stop sign", "🛑", nil, "opt_out"},
		{"a stop sign beside a command", "🛑 skip", nil, "unknown"},
		{"a number on a key", "2️⃣", which, "choice 2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			u := Read(tt.text, Situation{Open: tt.open})
			if got := spell(u); got != tt.want {
				t.Errorf("%.40q means %s, want %s (%s)", tt.text, got, tt.want, u.Why)
			}
			checkValid(t, u, tt.open)
			checkSmallReaders(t, tt.text, u)
		})
	}
}

// chatter is n characters of prose that ask for nothing.
func chatter(n int) string {
	return strings.Repeat("we were at the lake all day and saw two herons, ", n/48+1)[:n]
}
