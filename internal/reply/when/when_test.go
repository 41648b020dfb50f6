package when

import "testing"

func TestFirst(t *testing.T) {
	t.Parallel()
	got, n := Calendar{}.Read([]Token{{"delay", ""}, {"by", " "}, {"2", " "}, {"weeks", " "}}, 1)
	if n != 3 || got != (Time{Count: 2, Unit: "week", Base: FromOrder, Lead: By, Language: "en"}) {
		t.Error(got, n)
	}
}
