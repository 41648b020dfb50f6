package admin

import "rejoinder/internal/web"

// zoneOptions are the zones offered for a shop, west to east; another one that a shop has is offered too.
func zoneOptions(have string) []web.Option {
	list := []web.Option{
		{Value: "Pacific/Honolulu", Label: "Hawaii (Honolulu)"},
		{Value: "America/Anchorage", Label: "Alaska (Anchorage)"},
		{Value: "America/Los_Angeles", Label: "Pacific (Los Angeles)"},
		{Value: "America/Phoenix", Label: "Arizona (Phoenix)"},
		{Value: "America/Denver", Label: "Mountain (Denver)"},
		{Value: "America/Chicago", Label: "Central (Chicago)"},
		{Value: "America/New_York", Label: "Eastern (New York)"},
		{Value: "America/Puerto_Rico", Label: "Puerto Rico"},
		{Value: "America/Halifax", Label: "Atlantic (Halifax)"},
		{Value: "America/St_Johns", Label: "Newfoundland (St. John’s)"},
		{Value: "America/Mexico_City", Label: "Mexico City"},
		{Value: "America/Sao_Paulo", Label: "São Paulo"},
		{Value: "UTC", Label: "UTC"},
		{Value: "Europe/London", Label: "London"},
		{Value: "Europe/Paris", Label: "Paris, Berlin, Madrid"},
		{Value: "Europe/Helsinki", Label: "Helsinki"},
		{Value: "Asia/Dubai", Label: "Dubai"},
		{Value: "Asia/Kolkata", Label: "India (Kolkata)"},
		{Value: "Asia/Singapore", Label: "Singapore"},
		{Value: "Asia/Tokyo", Label: "Tokyo"},
		{Value: "Australia/Perth", Label: "Perth"},
		{Value: "Australia/Sydney", Label: "Sydney"},
		{Value: "Pacific/Auckland", Label: "Auckland"},
	}
	for _, o := range list {
		if o.Value == have {
			return list
		}
	}
	if have == "" {
		return list
	}
	return append(list, web.Option{Value: have, Label: have})
}
