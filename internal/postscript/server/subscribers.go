package server

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
	"rejoinder/internal/subscription"
	"rejoinder/internal/texting"
)

func (s *Server) listSubscribers(c *call) (any, error) {
	q, page, err := subscriberQuery(c.URL.Query(), s.o.PageSize)
	if err != nil {
		return nil, err
	}
	people, total, err := s.o.Texting.Subscribers(c.Context(), c.shop(), q)
	out := postscript.SubscriberPage{
		PageInfo:    postscript.PageInfo{Page: page, TotalPages: max(1, (total+s.o.PageSize-1)/s.o.PageSize)},
		Subscribers: []postscript.Subscriber{},
	}
	for _, p := range people {
		out.Subscribers = append(out.Subscribers, wireSubscriber(p))
	}
	return out, err
}

// operators says which filters there are: field to operators, as published.
var operators = map[string]string{
	postscript.FilterCreatedAt: "eq gt gte lt lte",
	postscript.FilterUpdatedAt: "eq gt gte lt lte",
	postscript.FilterEmail:     "eq contains in",
	postscript.FilterPhone:     "eq contains in",
	postscript.FilterShopify:   "eq contains in",
	postscript.FilterPSID:      "eq",
}

// subscriberQuery reads page, sort and filters. A parameter that is none of these is refused: a filter that is
// passed over answers with everybody.
func subscriberQuery(in url.Values, size int) (q texting.SubscriberQuery, page int, err error) {
	q = texting.SubscriberQuery{Status: []texting.SubscriberStatus{texting.Subscribed, texting.OptedOut}, Limit: size}
	page = 1
	for _, name := range slices.Sorted(maps.Keys(in)) {
		values := in[name]
		switch name {
		case postscript.QueryPage:
			if page, err = strconv.Atoi(values[0]); err != nil || page < 1 || page > 1_000_000 {
				return q, 0, fault.Field(name, "Pages count from 1.")
			}
		case postscript.QuerySort:
			field, desc := strings.CutSuffix(values[0], postscript.SortDesc)
			if !desc {
				field, _ = strings.CutSuffix(field, postscript.SortAsc)
			}
			sortable := []string{postscript.FilterCreatedAt, postscript.FilterUpdatedAt, postscript.FilterPhone, postscript.FilterShopify}
			if field == values[0] || !slices.Contains(sortable, field) {
				return q, 0, fault.Field(name, "There is no such order.")
			}
			q.Sort, q.Desc = field, desc
		default:
			f, err := subscriberFilter(name, values)
			if err != nil {
				return q, 0, err
			}
			q.Filters = append(q.Filters, f)
		}
	}
	q.Offset = (page - 1) * size
	return q, page, nil
}

func subscriberFilter(name string, values []string) (f texting.SubscriberFilter, err error) {
	i := strings.LastIndex(name, "__")
	if i < 0 || !slices.Contains(strings.Fields(operators[name[:i]]), name[i+2:]) {
		return f, fault.Field(name, "There is no such filter.")
	}
	if len(values) > 100 {
		return f, fault.Field(name, "At most 100 values can be listed.")
	}
	f = texting.SubscriberFilter{Field: name[:i], Op: name[i+2:]}
	for _, v := range values {
		switch {
		case f.Field == postscript.FilterCreatedAt || f.Field == postscript.FilterUpdatedAt:
			at, err := postscript.ParseTime(v)
			if err != nil {
				return f, fault.Field(name, "That is not a time.")
			}
			f.Ints = append(f.Ints, at.UnixMicro())
		case f.Op == "contains":
			f.Texts = append(f.Texts, v)
		case f.Field == postscript.FilterShopify || f.Field == postscript.FilterPSID:
			n, err := strconv.ParseInt(v, 10, 64)
			if err != nil {
				return f, fault.Field(name, "That is not a whole number.")
			}
			f.Ints = append(f.Ints, n)
		case f.Field == postscript.FilterPhone:
			// A plus sign that was not escaped arrives as a space; other ways to write a number are read too.
			if e164, err := subscription.ParsePhone(v, "US"); err == nil {
				v = string(e164)
			}
			f.Texts = append(f.Texts, v)
		default:
			f.Texts = append(f.Texts, strings.ToLower(v))
		}
	}
	return f, nil
}

func (s *Server) getSubscriber(c *call) (any, error) {
	sub, err := s.o.Texting.FindSubscriber(c.Context(), c.shop(), c.PathValue("id"))
	if err == nil && (sub.Status == texting.Pending || sub.Status == texting.Redacted) {
		err = fault.New(fault.NotFound, "There is no such subscriber in this shop.")
	}
	return wireSubscriber(sub), err
}

func (s *Server) patchSubscriber(c *call) (any, error) {
	var in postscript.SubscriberUpdate
	if err := c.body(&in); err != nil {
		return nil, err
	}
	sub, err := s.o.Texting.PatchSubscriber(c.Context(), c.shop(), c.PathValue("id"),
		texting.SubscriberPatch{Email: in.Email, Tags: in.Tags, Properties: numbers(in.Properties)})
	return wireSubscriber(sub), err
}

func (s *Server) addSubscriber(c *call) (any, error) {
	var in postscript.NewSubscriber
	if err := c.body(&in); err != nil {
		return nil, err
	}
	if in.Keyword == "" && in.KeywordID == "" && !s.o.KeywordOptional {
		return nil, fault.Field("keyword", "Say by which keyword: keyword or keyword_id.")
	}
	if in.Origin != "" && in.Origin != postscript.OriginWebsite && in.Origin != postscript.OriginSocial && in.Origin != postscript.OriginOther {
		return nil, fault.Field("origin", "The origin must be website, social or other.")
	}
	sub, err := s.add(c, texting.NewSubscriber{
		Phone: in.PhoneNumber, Keyword: in.Keyword, KeywordID: in.KeywordID, Origin: in.Origin,
		SubscriberPatch: texting.SubscriberPatch{
			Email: in.Email, ShopifyID: int64(in.ShopifyCustomerID), Tags: in.Tags, Properties: numbers(in.Properties),
		},
	})
	if err != nil {
		return nil, err
	}
	id := sub.PendingID
	if sub.Status == texting.Subscribed { // they are on the list already, so there is nothing to wait for
		id = sub.ID
	}
	return postscript.PendingSubscriber{ID: id, PhoneNumber: sub.Phone, IsPending: sub.Status != texting.Subscribed}, nil
}

// add adds a person for either version.
func (s *Server) add(c *call, in texting.NewSubscriber) (texting.Subscriber, error) {
	phone, err := subscription.ParsePhone(in.Phone, "US")
	if err != nil {
		return texting.Subscriber{}, fault.Field("phone_number", "%s", fault.Message(err))
	}
	if err := c.about(string(phone)); err != nil {
		return texting.Subscriber{}, err
	}
	sub, err := s.o.Texting.AddSubscriber(c.Context(), c.shop(), in)
	if fault.Is(err, fault.NotFound) {
		err = fault.From(fault.Invalid, err, "There is no such keyword in this shop.")
	}
	return sub, err
}

// numbers makes float64 of the numbers in properties, the one form the use cases know.
func numbers(in map[string]any) map[string]any {
	for name, v := range in {
		if n, ok := v.(json.Number); ok {
			if f, err := n.Float64(); err == nil {
				in[name] = f
			}
		}
	}
	return in
}

func wireSubscriber(s texting.Subscriber) postscript.Subscriber {
	properties := map[string]any{}
	for name, kept := range map[string]string{
		texting.PropFirstName: s.FirstName, texting.PropLastName: s.LastName, texting.PropZone: s.Zone, texting.PropState: s.State,
	} {
		if kept != "" {
			properties[name] = kept
		}
	}
	maps.Copy(properties, s.Properties)
	may := postscript.Permission{CanSend: s.Status == texting.Subscribed}
	return postscript.Subscriber{
		ID: s.ID, PSID: s.PSID, PhoneNumber: s.Phone, Email: postscript.Optional(s.Email), ShopifyCustomerID: postscript.ShopifyID(s.ShopifyID),
		Data: map[string]any{}, Properties: properties, Tags: list(s.Tags), CreatedAt: wireTime(s.CreatedAt), UpdatedAt: wireTime(s.UpdatedAt),
		Subscriptions: postscript.Permissions{Promotional: may, Transactional: may},
	}
}
