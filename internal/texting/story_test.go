package texting_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/texting"
)

// TestStoryOf has one person for each thing that can become of a text.
func TestStoryOf(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		h.automation("Upcoming Order", 1, "Your order ships {delivery_date}.", nil)
		good := h.subscriber(nil)
		out := h.subscriber(func(s *texting.Subscriber) { s.Status = texting.OptedOut })
		landline := h.subscriber(func(s *texting.Subscriber) { s.Phone = "+15005554001" })
		hawaii := h.subscriber(func(s *texting.Subscriber) { s.Zone, s.Phone = "Pacific/Honolulu", "+18085550144" })
		told := map[string]string{"delivery_date": "Friday"}
		h.at(12, 0) // six or seven in the morning in Hawaii
		for _, s := range []texting.Subscriber{good, out, landline, hawaii} {
			h.fire("Upcoming Order", s, told)
		}
		h.advance(2 * time.Minute)
		h.texts(good, "SKIP")
		for name, c := range map[string]struct {
			who  texting.Subscriber
			want []string // newest first
		}{
			"a text that was sent and answered": {good, []string{
				"plain They wrote “SKIP”", "done Text “Upcoming Order” sent",
				"plain “Upcoming Order” reached the automations: “Upcoming Order text”: started, 1 message.",
			}},
			"opted out": {out, []string{
				"stopped “Upcoming Order” reached the automations: “Upcoming Order text”: not started, they opted out.",
			}},
			"a landline": {landline, []string{
				"failed Text “Upcoming Order” not sent: ", "plain “Upcoming Order” reached the automations: ",
			}},
			"held for waking hours": {hawaii, []string{
				"held Text “Upcoming Order” held until 11:00 AM Hawaii time (waking hours): Waits for the recipient's waking hours.",
				"plain “Upcoming Order” reached the automations: ",
			}},
		} {
			got := h.story(c.who.Phone, time.Time{}, 10)
			if len(got) != len(c.want) {
				t.Fatalf("%s: %q", name, got)
			}
			for i, want := range c.want {
				if !strings.HasPrefix(got[i], want) {
					t.Errorf("%s: line %d is %q, want %q", name, i, got[i], want)
				}
				if strings.Contains(got[i], c.who.Phone[2:]) {
					t.Errorf("%s: the number is told: %q", name, got[i])
				}
			}
		}
		if got := h.story("+12125550999", time.Time{}, 10); len(got) != 0 {
			t.Errorf("a number nobody knows has a story: %q", got)
		}
		list, err := h.StoryOf(t.Context(), shopID, good.Phone, time.Time{}, 2)
		if err != nil || len(list) != 2 {
			t.Fatal(list, err)
		}
		rest := h.story(good.Phone, list[1].At, 2)
		if diff := cmp.Diff([]string{"plain “Upcoming Order” reached the automations: “Upcoming Order text”: started, 1 message."}, rest); diff != "" {
			t.Error("the next page:", diff)
		}
		if other, err := h.StoryOf(t.Context(), "shop_1", "", time.Time{}, 2); err != nil || other != nil {
			t.Error("nobody has a story:", other, err)
		}
	})
}

// story tells a number's story, a line each.
func (h *house) story(phone string, before time.Time, limit int) (lines []string) {
	h.t.Helper()
	list, err := h.StoryOf(h.t.Context(), shopID, phone, before, limit)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, l := range list {
		tone := string(l.Tone)
		if tone == "" {
			tone = "plain"
		}
		line := tone + " " + l.What
		if l.Why != "" {
			line += ": " + l.Why
		}
		lines = append(lines, line)
	}
	return lines
}
