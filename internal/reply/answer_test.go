package reply

import (
	"slices"
	"strings"
	"testing"

	"rejoinder/internal/subscription"
)

// askedWith is the situation of most tests here: a Tuesday, an order in two weeks.
func askedWith(t testing.TB, l Language, question string) Situation {
	t.Helper()
	in := Situation{Language: l}
	for _, s := range []string{"today 2026-11-10", "order 2026-11-24", "ask " + question} {
		if err := situate(&in, s); err != nil {
			t.Fatal(err)
		}
	}
	return in
}

// answers are texts and what they mean, one a line: TEXT => LABEL, as in testdata/tuning.txt.
func checkAnswers(t *testing.T, in Situation, answers string) {
	t.Helper()
	for line := range strings.Lines(answers) {
		text, want, ok := strings.Cut(strings.TrimSpace(line), " => ")
		if !ok {
			continue
		}
		u := Read(text, in)
		if got := spell(u); got != want {
			t.Errorf("%q means %s, want %s (%s)", text, got, want, u.Why)
		}
		checkValid(t, u, in.Open)
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	two := map[Language]string{
		English: "order skip: House Blend Coffee [2026-11-24] / Green Tea [2026-12-02]",
		Spanish: "order skip: Café de la Casa [2026-11-24] / Té Verde [2026-12-02]",
		French:  "order skip: Café Maison [2026-11-24] / Thé Vert [2026-12-02]",
	}
	tests := []struct {
		name     string
		language Language
		question string
		answers  string
	}{
		{"places", English, two[English], `
			no. 2 => choice 2
			No.2 => choice 2
			no 2 => unknown
			opt 2 pls => choice 2
			let's do 2 => choice 2
			skip the 2nd => choice 2
			skip #2 => choice 2
			skip 1 and 2 => choice 1 2
			1 n 2 => choice 1 2
			1 and => unknown
			the first and the last => choice 1 2
			the last two => choice 1 2
			the first three => unknown
			the middle one => unknown
			1... actually 2 => unknown
			actually 2 => choice 2
			maybe 2 => unknown
			0 => unknown
			-1 => unknown
			two thirds => unknown
			one of them => unknown
			number => unknown`},
		{"names", English, two[English], `
			i guess the coffee => choice 1
			yes the coffee please and thank you => choice 1
			hose blend => choice 1
			2, the green one => choice 2
			2, the coffee => unknown
			2 teas => unknown
			coffee tea => unknown
			the tea and the coffee and the tea => choice 1 2
			the tea and => unknown
			tea cosy => unknown
			i want the tea => unknown
			toast => unknown`},
		{"what is left out", English, two[English], `
			all but the tea => choice 1
			everything except 2 => choice 1
			both minus the coffee => choice 2
			not the tea, the coffee => choice 1
			not the tea but the coffee => choice 1
			the coffee, not the tea => choice 1
			not the tea, the other one => choice 1
			the other one => unknown
			not the tea => unknown
			all but => unknown
			2 not => unknown
			the coffee but => unknown
			the tea but not the tea => unknown
			all but all => choice none
			don't skip either => choice none
			none, the tea => unknown
			yes no => unknown
			skip don't => unknown`},
		{"dates", English, two[English], `
			the tuesday one => choice 1
			wednesday => choice 2
			the one on the 24th => choice 1
			the december order => choice 2
			12/2 => choice 2
			the tea on dec 2 => choice 2
			the tea on the 24th => unknown
			dec 3 => unknown
			the one before christmas => unknown`},
		{"what is no answer", English, two[English], `
			skip => skip
			stop => opt_out
			help => help
			next => next
			swap it => swap
			sure => yes
			ok => thanks
			👍 => thanks
			which one is bigger => unknown`},
		{"places and names in Spanish", Spanish, two[Spanish], `
			el segundo por favor => choice 2
			la dos => choice 2
			el 2 => choice 2
			la 1ra porfa => choice 1
			mejor el té => choice 2
			el te => choice 2
			te => unknown
			los dos => choice 1 2
			uno y dos => choice 1 2
			todo menos el café => choice 2
			el del 2 de diciembre => choice 2
			el de noviembre => choice 1
			ninguno de los dos => choice none
			ni uno ni otro => choice none
			el té no => unknown
			cualquiera => unknown
			el otro => unknown`},
		{"places and names in French", French, two[French], `
			la deuxième svp => choice 2
			n° 2 => choice 2
			la 1 => choice 1
			plutôt le thé => choice 2
			le the => choice 2
			the => unknown
			les deux => choice 1 2
			1 et 2 => choice 1 2
			toutes sauf la 2 => choice 1
			pas le thé, le café => choice 1
			pas le thé => unknown
			celle du 2 décembre => choice 2
			celui de novembre => choice 1
			aucune des deux => choice none
			ni l'une ni l'autre => choice none
			n'importe laquelle => unknown
			l'autre => unknown`},
		{"three options", English, "order skip: Espresso Roast [2026-11-24] / Espresso Decaf [2026-11-24] / Oat Milk [2026-12-09]", `
			espresso => unknown
			both espressos => choice 1 2
			all the espressos => choice 1 2
			the two on the 24th => choice 1 2
			the middle one => choice 2
			all but the first => choice 2 3
			all except 1 and 3 => choice 2
			darkroast => unknown
			oatmilk => choice 3
			12 => unknown`},
		{"names like commands", English, "product skip: Stop & Go Energy Bar / Skipper Dog Treats / Next Level Blend / Now or Never Tea", `
			stop and go => choice 1
			stop n go => choice 1
			skipper => choice 2
			next level => choice 3
			level => choice 3
			now or never tea => choice 4
			stop => opt_out
			next => next
			go => unknown
			or => unknown`},
		{"a date for an answer", English, "date delay:", `
			2 weeks => delay 2 week
			a month please => delay 1 month
			ok 10 days => delay 10 day
			dec 15 => delay to=2026-12-15
			the 15th works => delay to=2026-12-15
			until after christmas => delay to=2026-12-26
			in 3 weeks => ?delay to=2026-12-01,2026-12-15
			next friday => ?delay to=2026-11-27,2026-12-04
			nov 20 => unknown
			tomorrow => unknown
			400 days => unknown
			a few weeks => unknown
			2-3 weeks => unknown
			2 => unknown
			all => unknown
			never mind => choice none
			skip => skip`},
		{"a date in Spanish", Spanish, "date delay:", `
			3 semanas => delay 3 week
			un mes más => delay 1 month
			el 15 => delay to=2026-12-15
			para el 20 de diciembre => delay to=2026-12-20
			no sé => unknown`},
		{"a date in French", French, "date delay:", `
			quinze jours => delay 15 day
			le 15 => delay to=2026-12-15
			le 20 décembre svp => delay to=2026-12-20
			dans 3 semaines => ?delay to=2026-12-01,2026-12-15
			je ne sais pas => unknown`},
		{"dates to choose from", English, "date delay: 2026-11-27 / 2026-12-04", `
			the second friday => choice 2
			dec 4th is better => choice 2
			friday => unknown
			both => unknown
			neither, make it dec 20 => delay to=2026-12-20
			next month => unknown
			3 weeks => delay 3 week
			the one after thanksgiving => choice 1`},
		{"a date to pause until", English, "date pause: 2027-03-05 / 2027-05-03", `
			may => choice 2
			the march one => choice 1
			5/3 => unknown
			june 1 => pause to=2027-06-01`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			checkAnswers(t, askedWith(t, tt.language, tt.question), tt.answers)
		})
	}
}

func TestAnswerKeepsWhatWasAsked(t *testing.T) {
	t.Parallel()
	day := subscription.NewDate
	q := &Question{
		About: AboutDate, Wish: Wish{Meaning: Delay, Product: "tea"}, Then: []Wish{{Meaning: Next}}, Order: day(2026, 12, 2),
	}
	in := Situation{Open: q, Today: day(2026, 11, 10), Order: day(2026, 11, 24)}
	u := Read("nov 30", in)
	if u.Meaning != Unknown {
		t.Errorf("a day before the order that was asked about means %s", spell(u))
	}
	u = Read("3 weeks", in)
	if u.Product != "tea" || u.Amount != (Amount{3, Week}) || len(u.Then) != 1 || u.Then[0].Meaning != Next {
		t.Errorf("3 weeks means %+v then %+v", u.Wish, u.Then)
	}
	if q.Wish.Amount != (Amount{}) {
		t.Error("the question was changed")
	}
}

func TestRepeatingOnlyHalfIsNoYes(t *testing.T) {
	t.Parallel()
	in := askedWith(t, English, "yes skip")
	in.Open.Then = []Wish{{Meaning: Delay, Amount: Amount{3, Week}}}
	if u := Read("skip", in); u.Meaning == Yes {
		t.Error("skip agreed to a skip and a delay")
	}
	if u := Read("yes", in); u.Meaning != Yes {
		t.Errorf("yes means %s", spell(u))
	}
}

func TestNicknames(t *testing.T) {
	t.Parallel()
	products := []Product{
		{Key: "p1", Name: "House Blend Coffee"},
		{Key: "p1", Name: "Morning Fuel"},
		{Key: "p2", Name: "Green Tea"},
		{Key: "p2", Name: "Sencha"},
		{Key: "p3", Name: "Oat Milk"},
		{Key: "p3", Name: "Fuel Shot"},
	}
	about := func(about About, options ...Option) Situation {
		return Situation{Products: products, Open: &Question{About: about, Wish: Wish{Meaning: Skip}, Options: options}}
	}
	byKey := about(AboutProduct, Option{"House Blend Coffee", "p1"}, Option{"Green Tea", "p2"})
	byLabel := about(AboutOrder, Option{"House Blend Coffee, Nov 24", "2026-11-24"}, Option{"Green Tea and Oat Milk, Dec 2", "2026-12-02"})
	for _, tt := range []struct {
		text string
		in   Situation
		want []int
	}{
		{"the sencha", byKey, []int{1}},
		{"fuel", byKey, []int{0}},
		{"morning fuel and sencha", byKey, []int{0, 1}},
		{"sencha please", byLabel, []int{1}},
		{"fuel", byLabel, nil},
		{"fuel shot", byLabel, []int{1}},
		{"morning", byLabel, []int{0}},
	} {
		if u := Read(tt.text, tt.in); !slices.Equal(u.Picks, tt.want) {
			t.Errorf("%q of %v picks %v, want %v (%s)", tt.text, tt.in.Open.Options, u.Picks, tt.want, u.Why)
		}
	}
}
