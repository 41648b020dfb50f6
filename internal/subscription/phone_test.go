package subscription_test

import (
	"regexp"
	"strings"
	"testing"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

func TestParsePhone(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in, region, want, sentence string
	}{
		{"E.164", "+12122345678", "", "+12122345678", ""},
		{"as Americans write it", "(212) 234-5678", "US", "+12122345678", ""},
		{"with dots", "212.234.5678", "us", "+12122345678", ""},
		{"a landline", "+1 212 234 5678", "US", "+12122345678", ""},
		{"wrapped in direction marks", "\u202a+1\u00a0(212)\u00a0234\u20115678\u202c", "", "+12122345678", ""},
		{"British, at home", "07400 123456", "GB", "+447400123456", ""},
		{"British, from anywhere", "+44 7400 123456", "US", "+447400123456", ""},
		{"no country", "212 234 5678", "", "", "country code"},
		{"unknown country code", "+999 212 234 5678", "US", "", "country code"},
		{"no area code", "234-5678", "US", "", "area code"},
		{"too short", "12", "US", "", "too short"},
		{"one digit", "1", "US", "", "not a phone number"},
		{"too long", "+1 212 234 5678 99", "US", "", "too many"},
		{"no such area code", "+1 111 234 5678", "US", "", "no such phone number"},
		{"letters", "1-800-FLOWERS", "US", "", "letters"},
		{"an extension", "212 234 5678 ext. 9", "US", "", "extensions"},
		{"words", "call me", "US", "", "letters"},
		{"very long", strings.Repeat("2", 400), "US", "", "too many"},
		{"empty", "  ", "US", "", "empty"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := subscription.ParsePhone(tt.in, tt.region)
			if string(got) != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if tt.sentence == "" {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
				return
			}
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tt.sentence) {
				t.Errorf("error is %v, want Invalid with %q", err, tt.sentence)
			}
		})
	}
}

var threeDigits = regexp.MustCompile(`[0-9]{3}`)

func FuzzParsePhone(f *testing.F) {
	for _, s := range []string{"+12122345678", "(212) 234-5678", "+", "+999", "tel:+1", "٢١٢٢٣٤٥٦٧٨"} {
		f.Add(s, "US")
	}
	f.Fuzz(func(t *testing.T, s, region string) {
		p, err := subscription.ParsePhone(s, region)
		if err != nil {
			if threeDigits.MatchString(err.Error()) {
				t.Errorf("the error repeats the number")
			}
			return
		}
		if again, err := subscription.ParsePhone(string(p), ""); err != nil || again != p {
			t.Errorf("%q does not read back: %v", p, err)
		}
	})
}

func TestMasked(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, want string
		in         subscription.Phone
	}{
		{"American", "+1 •••• ••78", "+12122345678"},
		{"British", "+44 •••• ••56", "+447400123456"},
		{"none", "", ""},
		{"not a number", "•••• ••••", "garbage"},
		{"too short to show anything of", "•••• ••••", "+123"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := tt.in.Masked(); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
