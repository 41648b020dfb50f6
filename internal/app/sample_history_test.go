package app

import (
	"strings"
	"testing"
	"time"

	"rejoinder/internal/reply"
)

// TestTheDemoHasLived makes the demo: the clock shows the present, and the second shop has replies of several weeks
// behind it, some of them in Spanish, that were understood, asked about, left to a person and corrected.
func TestTheDemoHasLived(t *testing.T) {
	t.Parallel()
	a := open(t)
	if err := a.MakeDemo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if behind := time.Until(a.Now()); behind < -time.Minute || behind > time.Minute {
		t.Errorf("the clock is off by %s", behind)
	}
	read, err := a.Bridge.Reading(t.Context(), SampleOtherShop, 12)
	if err != nil {
		t.Fatal(err)
	}
	weeks, n := 0, 0
	var understood, asked, person, corrected int
	for _, w := range read.Weeks {
		if n += w.All(); w.All() > 0 {
			weeks++
		}
		understood, asked, person, corrected = understood+w.Understood, asked+w.Asked, person+w.Person, corrected+w.Corrected
	}
	if weeks < 3 || n != len(sampleReplies()) || understood < 8 || asked < 2 || person < 2 || corrected != 1 {
		t.Errorf("%d replies in %d weeks: %d understood, %d asked, %d to a person, %d corrected", n, weeks, understood, asked, person, corrected)
	}
	for _, c := range soapCustomers() {
		thread, err := (handset{a}).Thread(t.Context(), SampleOtherShop, c.phone, 100)
		if err != nil {
			t.Fatal(err)
		}
		said := ""
		for _, x := range thread {
			said += x.Body + "\n"
		}
		if c.first == "Sol" && !strings.Contains(said, "now ships") {
			t.Errorf("what a person said a text meant was not done:\n%s", said)
		}
		if c.first == "Luz" && !strings.Contains(said, "Su proximo pedido") {
			t.Errorf("Luz is not answered in Spanish:\n%s", said)
		}
	}
	if err := a.MakeDemo(t.Context()); err != nil {
		t.Errorf("making it again: %v", err)
	}
	for _, s := range sampleShops() {
		shop, err := a.Bridge.Shop(t.Context(), s.shop.ID)
		if err != nil || len(shop.Settings.Products) < 2 || shop.Settings.Products[0].SwapTo == nil {
			t.Errorf("%s has the products %+v (%v)", s.shop.ID, shop.Settings.Products, err)
		}
		if shop.Settings.CommandOff(string(reply.Skip)) {
			t.Errorf("%s takes no SKIP", s.shop.ID)
		}
	}
}
