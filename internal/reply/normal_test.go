package reply

import "testing"

func TestWhatIsBelowAReplyIsCutOff(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, raw, want string }{
		{"a phone's line", "Skip please\n\nSent from my iPhone", "skip please"},
		{"a phone's line in Spanish", "sáltalo\nEnviado desde mi iPhone", "sáltalo"},
		{"a phone's line in French", "sauter\r\n\r\nEnvoyé de mon iPhone", "sauter"},
		{"a program's line", "delay 2 weeks\nGet Outlook for Android", "delay 2 weeks"},
		{"on the same line", "Skip Sent from my iPhone", "skip"},
		{"no device", "skip\nsend it from my account", "skip\nsend it from my account"},
		{"a sentence of one's own", "the box sent from my shop is late", "the box sent from my shop is late"},
		{"nothing else", "Sent from my iPhone", "sent from my iphone"},
		{"two dashes", "no\n--\nSales team", "no"},
		{"quoted lines", "ok\n> Reply SKIP to skip it\n> or DELAY", "ok"},
		{"quoted lines above", "> Reply SKIP\nno", "no"},
		{"only quoted lines", "> skip", "> skip"},
		{"wrote", "skip\n\nOn Tue, Nov 10, 2026 at 9:14 AM Shop <a@b.example> wrote:\nReply DELAY", "skip"},
		{"wrote, on two lines", "skip\nOn Tue, Nov 10, 2026\nShop <a@b.example> wrote:\n> Reply DELAY", "skip"},
		{"wrote, above the reply", "On Tue, Nov 10 Shop wrote:\n> Reply DELAY\n\nskip", "skip"},
		{"wrote, in Spanish", "saltar\nEl mar, 10 nov 2026 a las 9:14, Tienda escribió:\nResponde", "saltar"},
		{"wrote, in French", "sauter\nLe mar. 10 nov. 2026 à 09:14, Boutique a écrit :\nRépondez", "sauter"},
		{"a divider", "skip\n-----Original Message-----\nFrom: Shop", "skip"},
		{"a date of one's own", "skip\non tuesday\nplease", "skip\non tuesday\nplease"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			x := normalise(tt.raw)
			if x.clean != tt.want {
				t.Errorf("%q became %q, want %q", tt.raw, x.clean, tt.want)
			}
		})
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"skiiip": "skip", "pleeease": "please", "stoooop": "stop", "sssskkkkiiiipppp": "skip", "coffeee": "coffee", "weeeek": "week",
		"weeeeksss": "weeks", "nooo": "no", "yesss": "yes", "skipp": "skipp", "week": "week", "1000": "1000", "zzz": "zzz", "iii": "iii",
		"50000": "50000", "ééété": "été", "aaargh": "argh", "síííí": "sí", "ouiii": "oui", "arrrêtez": "arêtez", "": "",
	} {
		if got := fold(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestPlainForms(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"désabonnez": "desabonnez", "número": "numero", "cœur": "coeur", "ѕтор": "stop", "s\u0336t\u0336o\u0336p\u0336": "stop",
		"ſtop": "stop", "señor": "senor", "skip": "skip",
	} {
		x := normalise(in)
		if len(x.plain) != 1 || x.plain[0] != want {
			t.Errorf("%q becomes %q, want %q", in, x.plain, want)
		}
	}
	x := normalise("ѕkір")
	if u := Read("ѕkір", Situation{}); u.Certainty == Certain || x.words[0] == "skip" {
		t.Errorf("letters of two alphabets act: %+v", u)
	}
}
