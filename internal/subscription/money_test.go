package subscription_test

import (
	"testing"

	"pgregory.net/rapid"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

func TestParseMoney(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, amount, currency, want string // want "" means refused
	}{
		{"dollars", "24.00", "USD", "$24.00"},
		{"no cents", "24", "CAD", "$24.00"},
		{"one digit", "24.5", "AUD", "$24.50"},
		{"pounds", "0.05", "GBP", "£0.05"},
		{"euros", " 1200.00 ", "EUR", "€1200.00"},
		{"yen", "2400", "JPY", "¥2400"},
		{"yen have no cents", "24.00", "JPY", ""},
		{"without a symbol", "24.00", "SEK", "24.00 SEK"},
		{"three places", "1.250", "KWD", "1.250 KWD"},
		{"nothing", "0", "USD", "$0.00"},
		{"negative", "-1", "USD", ""},
		{"too many places", "1.005", "USD", ""},
		{"point alone", ".", "USD", ""},
		{"no whole part", ".50", "USD", ""},
		{"no fraction", "24.", "USD", ""},
		{"comma", "24,00", "USD", ""},
		{"with symbol", "$24", "USD", ""},
		{"exponent", "1e3", "USD", ""},
		{"too large", "1000000000", "USD", ""},
		{"empty", "", "USD", ""},
		{"no currency", "24.00", "", ""},
		{"lower case", "24.00", "usd", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := subscription.ParseMoney(tt.amount, tt.currency)
			if tt.want == "" {
				if !fault.Is(err, fault.Invalid) {
					t.Errorf("got %v and error %v, want Invalid", got, err)
				}
				return
			}
			if err != nil || got.String() != tt.want {
				t.Errorf("got %v and error %v, want %s", got, err, tt.want)
			}
		})
	}
}

func FuzzParseMoney(f *testing.F) {
	f.Add("24.00", "USD")
	f.Add("1.250", "KWD")
	f.Add("7", "JPY")
	f.Fuzz(func(t *testing.T, amount, currency string) {
		m, err := subscription.ParseMoney(amount, currency)
		if err != nil {
			return
		}
		if again, err := subscription.ParseMoney(m.Decimal(), currency); err != nil || again != m || m.Amount < 0 {
			t.Errorf("%q %q became %v, which became %v (%v)", amount, currency, m, again, err)
		}
	})
}

func TestMoneySums(t *testing.T) {
	t.Parallel()
	usd := func(n int64) subscription.Money { return subscription.Money{Amount: n, Currency: "USD"} }
	if _, err := usd(1).Add(subscription.Money{Amount: 1, Currency: "CAD"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("mixed currencies: %v, want Conflict", err)
	}
	if got := usd(-5).String(); got != "-$0.05" {
		t.Errorf("got %s", got)
	}
	if got := (subscription.Money{}).String(); got != "" {
		t.Errorf("no amount is %q", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		n, price := rapid.IntRange(0, 50).Draw(t, "n"), usd(rapid.Int64Range(0, 99_999).Draw(t, "price"))
		var sum subscription.Money
		for range n {
			var err error
			if sum, err = sum.Add(price); err != nil {
				t.Fatal(err)
			}
		}
		if want := price.Times(n); sum.Amount != want.Amount {
			t.Fatalf("%d times %v is %v, not %v", n, price, want, sum)
		}
	})
}
