package app

import (
	"rejoinder/internal/bridge"
	"rejoinder/internal/subscription"
)

// sampleProduct is a product of a sample shop, known by its name.
type sampleProduct struct {
	name, price string
	nicknames   []string
	swapTo      []string
}

// coffeeProducts are the first sample shop's, two of them in nobody's subscription yet.
func coffeeProducts() ([]bridge.Product, error) {
	return products([]sampleProduct{
		{"House Blend", "14.50", []string{"blend", "the usual"}, []string{"Dark Roast", "Decaf", "Espresso Roast"}},
		{"Dark Roast", "14.50", []string{"dark"}, []string{"House Blend", "Decaf"}},
		{"Decaf", "15.50", nil, []string{"House Blend", "Dark Roast"}},
		{"Espresso Roast", "17.00", []string{"espresso"}, []string{"House Blend", "Dark Roast"}},
		{"Green Tea", "11.25", []string{"tea"}, nil},
		{"Oat Bars", "9.00", []string{"bars"}, nil},
	})
}

// soapProducts are the second sample shop's.
func soapProducts() ([]bridge.Product, error) {
	return products([]sampleProduct{
		{"Lavender Bar", "7.00", []string{"lavender"}, []string{"Oatmeal Bar"}},
		{"Oatmeal Bar", "7.50", []string{"oatmeal"}, []string{"Lavender Bar"}},
	})
}

func products(list []sampleProduct) (out []bridge.Product, err error) {
	for _, p := range list {
		price, err := subscription.ParseMoney(p.price, "USD")
		if err != nil {
			return nil, err
		}
		out = append(out, bridge.Product{ID: p.name, Name: p.name, Nicknames: p.nicknames, Price: price, SwapTo: p.swapTo})
	}
	return bridge.CheckProducts(out)
}

// soapCustomers are the second sample shop's.
func soapCustomers() []sampleCustomer {
	return []sampleCustomer{
		{
			why: "the same number as a customer of the other shop", first: "Ana", phone: "+12125550142", zone: "America/New_York", state: "NY", subscriber: true,
			subs: []sampleSub{{product: "Lavender Bar", price: "7.00", every: "6 weeks", in: 8}},
		},
		{
			why: "skips now and then", first: "Sol", phone: "+14155550133", zone: "America/Los_Angeles", state: "CA", subscriber: true,
			subs: []sampleSub{{product: "Oatmeal Bar", price: "7.50", every: "3 weeks", in: 10}},
		},
		{
			why: "asks for all sorts of things", first: "Noa", phone: "+15105550162", zone: "America/Los_Angeles", state: "CA", subscriber: true,
			subs: []sampleSub{{product: "Oatmeal Bar", price: "7.50", every: "5 weeks", in: 9}},
		},
		{
			why: "writes Spanish and is answered in Spanish", first: "Luz", phone: "+16195550127", zone: "America/Los_Angeles", state: "CA", subscriber: true,
			subs: []sampleSub{{product: "Lavender Bar", price: "7.00", every: "4 weeks", in: 12}},
		},
	}
}
