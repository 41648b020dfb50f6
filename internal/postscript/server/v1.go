package server

import (
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
	"rejoinder/internal/texting"
)

func (s *Server) listTriggers(c *call) (any, error) {
	list, err := s.o.Texting.Triggers(c.Context(), c.caller)
	out := postscript.TriggerList{Triggers: []postscript.Trigger{}}
	for _, t := range list {
		out.Triggers = append(out.Triggers, wireTrigger(t))
	}
	return out, err
}

func (s *Server) createTrigger(c *call) (any, error) {
	ch, err := triggerChange(c, true)
	if err != nil {
		return nil, err
	}
	t, err := s.o.Texting.RegisterTrigger(c.Context(), c.caller, ch)
	return wireTrigger(t), err
}

func (s *Server) getTrigger(c *call) (any, error) {
	t, err := s.o.Texting.Trigger(c.Context(), c.caller, c.PathValue("id"))
	return wireTrigger(t), err
}

func (s *Server) replaceTrigger(c *call) (any, error) { return s.editTrigger(c, true) }
func (s *Server) changeTrigger(c *call) (any, error)  { return s.editTrigger(c, false) }

func (s *Server) editTrigger(c *call, whole bool) (any, error) {
	ch, err := triggerChange(c, whole)
	if err != nil {
		return nil, err
	}
	t, err := s.o.Texting.ChangeTrigger(c.Context(), c.caller, c.PathValue("id"), ch)
	return wireTrigger(t), err
}

func (s *Server) deleteTrigger(c *call) (any, error) {
	return postscript.EmptyBody{}, s.o.Texting.RemoveTrigger(c.Context(), c.caller, c.PathValue("id"))
}

func (s *Server) allowTrigger(c *call) (any, error) {
	t, err := s.o.Texting.AllowTrigger(c.Context(), c.caller, c.PathValue("id"))
	return wireTrigger(t), err
}

// triggerChange reads the body of a trigger: whole (POST, PUT), where what is missing is empty, or in part.
func triggerChange(c *call, whole bool) (ch texting.TriggerChange, err error) {
	var in struct {
		Name                 *string                  `json:"name"`
		Tags                 *[]postscript.TriggerTag `json:"tags"`
		TransactionalAllowed *bool                    `json:"transactional_allowed"`
	}
	if err := c.body(&in); err != nil {
		return ch, err
	}
	if whole {
		if in.Name == nil {
			return ch, fault.Field("name", "A trigger needs a name.")
		}
		if in.Tags == nil {
			in.Tags = &[]postscript.TriggerTag{}
		}
		if in.TransactionalAllowed == nil {
			in.TransactionalAllowed = new(bool)
		}
	}
	ch = texting.TriggerChange{Name: in.Name, TransactionalAllowed: in.TransactionalAllowed}
	if in.Tags != nil {
		tags := []texting.TriggerTag{}
		for _, t := range *in.Tags {
			tags = append(tags, texting.TriggerTag(t))
		}
		ch.Tags = &tags
	}
	return ch, nil
}

func wireTrigger(t texting.RegisteredTrigger) postscript.Trigger {
	out := postscript.Trigger{
		ID: postscript.ID(t.ID), Name: t.Name, Tags: []postscript.TriggerTag{}, TransactionalAllowed: t.TransactionalAllowed,
	}
	for _, tag := range t.Tags {
		out.Tags = append(out.Tags, postscript.TriggerTag(tag))
	}
	return out
}

// fire fires a trigger for one subscriber. Whether anybody is texted is decided later: the answer proves only
// that it was taken in.
func (s *Server) fire(c *call) (any, error) {
	raw, err := c.raw()
	if err != nil {
		return nil, err
	}
	values, err := postscript.ParseFire(raw)
	if err != nil {
		return nil, err
	}
	tr, sub, err := s.o.Texting.Firing(c.Context(), c.caller, c.PathValue("id"), c.PathValue("subscriber"))
	if err != nil {
		return nil, err
	}
	if err := c.about(sub.Phone); err != nil {
		return nil, err
	}
	_, err = s.o.Texting.Fire(c.Context(), c.shop(), texting.FireInput{
		Engine: texting.EngineLegacy, TriggerID: tr.ID, Sender: c.caller.Sender(), SubscriberID: sub.ID, Properties: values,
		ExternalID: s.once(tr.ID, c.Header.Get(postscript.HeaderIdempotencyKey)),
	})
	return postscript.FireAnswer{Success: err == nil}, err
}

// once is the id under which a repeat is known, "" for none. It has the trigger in it, because senders use the
// id of an order for several triggers.
func (s *Server) once(trigger, id string) string {
	if id == "" || s.o.Faithful {
		return ""
	}
	return trigger + "/" + id
}

func (s *Server) listKeywords(c *call) (any, error) {
	list, err := s.o.Texting.Keywords(c.Context(), c.shop(), true)
	out := postscript.KeywordList{Keywords: []postscript.Keyword{}}
	for _, k := range list {
		out.Keywords = append(out.Keywords, wireKeyword(k))
	}
	return out, err
}

func (s *Server) getKeyword(c *call) (any, error) {
	id := c.PathValue("id")
	if !strings.HasPrefix(id, postscript.PrefixKeyword) { // as v1 wrote it
		id = postscript.PrefixKeyword + id
	}
	k, err := s.o.Texting.Keyword(c.Context(), c.shop(), id)
	if fault.Is(err, fault.NotFound) || err == nil && !k.Active {
		return nil, errKeyword
	}
	return wireKeyword(k), err
}

func wireKeyword(k texting.Keyword) postscript.Keyword {
	return postscript.Keyword{
		ID: postscript.ID(k.ID), Keyword: k.Word, TriggeredCount: k.Triggered,
		CreatedAt: postscript.NewTime(k.CreatedAt), UpdatedAt: postscript.NewTime(k.UpdatedAt),
	}
}

// findLegacy finds one person by id, email or phone_number. Nobody is 404 with an empty object.
func (s *Server) findLegacy(c *call) (any, error) {
	q := c.URL.Query()
	sub, err := s.o.Texting.LookUpSubscriber(c.Context(), c.shop(), q.Get("id"), q.Get("phone_number"), q.Get("email"))
	return legacyOr(sub, err)
}

func (s *Server) getLegacy(c *call) (any, error) {
	sub, err := s.o.Texting.FindSubscriber(c.Context(), c.shop(), c.PathValue("id"))
	return legacyOr(sub, err)
}

func legacyOr(sub texting.Subscriber, err error) (any, error) {
	if err == nil && sub.Status == texting.Redacted {
		err = fault.New(fault.NotFound, "There is no such subscriber in this shop.")
	}
	return wireLegacy(sub), err
}

func (s *Server) addLegacy(c *call) (any, error) {
	var in postscript.NewLegacySubscriber
	if err := c.body(&in); err != nil {
		return nil, err
	}
	if in.Keyword == "" && in.KeywordID == "" {
		return nil, fault.Field("keyword", "Say by which keyword: keyword or keyword_id.")
	}
	email := in.Metadata.Email
	if email == "" {
		email = in.Metadata.EmailAddress
	}
	sub, err := s.add(c, texting.NewSubscriber{
		Phone: in.PhoneNumber, Keyword: in.Keyword, KeywordID: string(in.KeywordID), Origin: postscript.OriginOther,
		SubscriberPatch: texting.SubscriberPatch{Email: email, ShopifyID: int64(in.Metadata.ShopifyCustomerID), Tags: in.Metadata.Tags},
	})
	return wireLegacy(sub), err
}

func (s *Server) changeLegacy(c *call) (any, error) {
	var in postscript.NewLegacySubscriber
	if err := c.body(&in); err != nil {
		return nil, err
	}
	email := in.Metadata.Email
	if email == "" {
		email = in.Metadata.EmailAddress
	}
	sub, err := s.o.Texting.PatchSubscriber(c.Context(), c.shop(), c.PathValue("id"), texting.SubscriberPatch{
		Email: email, ShopifyID: int64(in.Metadata.ShopifyCustomerID), Tags: in.Metadata.Tags,
	})
	return wireLegacy(sub), err
}

// wireLegacy is a person as v1 shows them: the id without its prefix.
func wireLegacy(s texting.Subscriber) postscript.LegacySubscriber {
	return postscript.LegacySubscriber{
		ID: postscript.ID(strings.TrimPrefix(s.ID, postscript.PrefixSubscriber)), PhoneNumber: s.Phone, Email: postscript.Optional(s.Email),
		ShopifyCustomerID: postscript.ShopifyID(s.ShopifyID), IsPending: s.Status == texting.Pending, Tags: list(s.Tags),
		CreatedAt: wireTime(s.CreatedAt), UpdatedAt: wireTime(s.UpdatedAt),
	}
}

func wireTime(t time.Time) postscript.TimeZ { return postscript.NewTimeZ(t) }

// list is never null on the wire.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
