package web

import (
	"testing"
)

func newKit(t *testing.T, o Options) *Kit {
	t.Helper()
	k, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestEveryTemplateOfTheKitRendersCleanly(t *testing.T) {
	t.Parallel()
	k := newKit(t, Options{})
	samples := map[string][]any{"error.html": {errorBody{Status: 500, Message: "Sorry.", Reference: "ABC", Ours: true}, errorBody{Status: 404, Message: "No."}}}
	for name, page := range storyPages() {
		samples["story-"+name+".html"] = []any{page.Body}
	}
	if err := k.own.Check(samples); err != nil {
		t.Error(err)
	}
}
