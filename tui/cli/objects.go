package cli

import (
	"encoding/json"

	"till/domain"
	"till/domain/till"
)

// The objects of orders, as programs read them. Amounts are strings with the decimals of the currency.

// responses are the forms in which an order is given.
var responses = []string{"minimum", "standard", "full"}

type minimumOrder struct {
	Type       string              `json:"type"`
	ID         domain.OrderID      `json:"id"`
	HumanID    string              `json:"human_id"`
	Number     string              `json:"number"`
	Reference  string              `json:"reference"`
	Status     string              `json:"status"`
	Lifecycle  domain.State        `json:"lifecycle"`
	IsTest     bool                `json:"is_test"`
	Currency   domain.Currency     `json:"currency"`
	Total      string              `json:"total"`
	BalanceDue string              `json:"balance_due"`
	Last       *transactionDetails `json:"transaction_details"`
	Payform    string              `json:"payform_url"`
	API        string              `json:"api_do_url"`
	Success    string              `json:"success_redirect"`
	InProgress string              `json:"in_progress_redirect"`
	Failure    string              `json:"failure_redirect"`
	CreatedAt  stamp               `json:"created_at"`
	Warnings   map[string]string   `json:"warnings,omitempty"`
	Lens       lensObject          `json:"lens,omitempty"`
}

// transactionDetails tell of an order's last payment.
type transactionDetails struct {
	ID      domain.PaymentID `json:"id"`
	HumanID string           `json:"human_id"`
	Variant string           `json:"variant"`
	Method  string           `json:"method"`
	Status  domain.State     `json:"status"`
	Source  domain.Source    `json:"source"`
	Code    string           `json:"status_code"`
	Message string           `json:"error_message"`
}

type standardOrder struct {
	minimumOrder
	IssuedAt      stamp         `json:"issued_at"`
	Language      string        `json:"language"`
	Notes         string        `json:"notes"`
	Client        clientObject  `json:"client"`
	Address       addressObject `json:"billing_address"`
	Products      []product     `json:"products"`
	Subtotal      string        `json:"subtotal"`
	Discount      string        `json:"total_discount"`
	Tax           string        `json:"total_tax"`
	TaxIn         bool          `json:"prices_include_tax"`
	Delivery      string        `json:"delivery"`
	Tip           string        `json:"tip"`
	Due           stamp         `json:"due"`
	DenyOverdue   bool          `json:"deny_overdue_payment"`
	MaxAttempts   int           `json:"max_payment_attempts"`
	SkipCapture   bool          `json:"skip_capture"`
	RefundDetails refundDetails `json:"refund_details"`
	AVS           *string       `json:"avs_result"` // no method asks for it yet
}

type clientObject struct {
	Email     string `json:"email"`
	Phone     string `json:"phone"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	LegalName string `json:"legal_name"`
}

type addressObject struct {
	Line1    string `json:"address_1"`
	Line2    string `json:"address_2"`
	City     string `json:"city"`
	Postcode string `json:"postcode"`
	Area     string `json:"country_area"`
	Country  string `json:"country_code"`
}

type product struct {
	SKU             string `json:"sku"`
	Title           string `json:"title"`
	Price           string `json:"price"`
	Quantity        int64  `json:"quantity"`
	TaxPercent      string `json:"tax_percent"`
	DiscountPercent string `json:"discount_percent"`
	DiscountAmount  string `json:"discount_amount"`
	Subtotal        string `json:"subtotal"`
	Discount        string `json:"total_discount"`
	Tax             string `json:"total_tax"`
	Total           string `json:"total"`
}

type refundDetails struct {
	Refunded   string         `json:"amount_refunded"`
	Pending    string         `json:"amount_pending"`
	Refundable string         `json:"refundable"`
	Refunds    []refundObject `json:"refunds"`
}

type fullOrder struct {
	standardOrder
	Payments      []paymentObject   `json:"payments"`
	StatusChanges []statusChange    `json:"status_changes"`
	Permitted     []string          `json:"permitted_actions"`
	Refused       map[string]string `json:"refused_actions"`
	Attention     []string          `json:"attention"`
	Notices       []orderNotice     `json:"notices"`
	Overrides     []override        `json:"overrides"`
	Metadata      json.RawMessage   `json:"metadata"`
	Version       int64             `json:"version"`
}

type statusChange struct {
	Status domain.State  `json:"status"`
	At     stamp         `json:"at"`
	Source domain.Origin `json:"source"`
	Why    string        `json:"why"`
}

// override is a deed that its actor alone might not do, and who stood by.
type override struct {
	Seq     domain.Seq `json:"seq"`
	At      stamp      `json:"at"`
	Actor   string     `json:"actor"`
	By      string     `json:"override"`
	Subject string     `json:"subject"`
	What    string     `json:"what"`
}

// orderNotice is what the merchant is told about an attempt.
type orderNotice struct {
	Event   string           `json:"event"`
	At      stamp            `json:"at"`
	Payment domain.PaymentID `json:"payment"`
}

// orderObject gives an order in one of the responses, with the words of a lens if there is one.
func orderObject(t *till.Till, o *domain.Order, response string, lens lensObject) any {
	switch response {
	case "minimum":
		m := minimum(t, o)
		m.Lens = lens
		return m
	case "standard":
		s := standard(t, o)
		s.Lens = lens
		return s
	}
	f := full(t, o)
	f.Lens = lens
	return f
}

func minimum(t *till.Till, o *domain.Order) minimumOrder {
	money := o.Cart.Currency.Format
	m := minimumOrder{
		Type: "order", ID: o.ID, HumanID: o.HumanID, Number: o.Number, Reference: o.Reference,
		Status: o.FlatStatus(), Lifecycle: o.State, IsTest: o.IsTest, Currency: o.Cart.Currency,
		Total: money(o.Total()), BalanceDue: money(o.BalanceDue()),
		Success: o.Redirects.Success, InProgress: o.Redirects.InProgress, Failure: o.Redirects.Failure,
		CreatedAt: stamp(o.CreatedAt), Warnings: domain.AddressWarnings(o.Client.Address),
	}
	if !t.Live {
		m.Payform = t.Payform(o)
		m.API = till.SandboxSite + "api/orders/" + string(o.ID) + "/"
	}
	if p := o.Last(); p != nil {
		m.Last = &transactionDetails{
			ID: p.ID, HumanID: p.HumanID, Variant: p.Variant, Method: p.Method, Status: p.State,
			Source: p.Source, Code: p.Code, Message: p.Message,
		}
	}
	return m
}

func standard(t *till.Till, o *domain.Order) standardOrder {
	money := o.Cart.Currency.Format
	return standardOrder{
		minimumOrder: minimum(t, o), IssuedAt: stamp(o.IssuedAt), Language: o.Language, Notes: o.Client.Notes,
		Client: clientOf(o.Client), Address: shownAddress(o.Client.Address),
		Products: products(o), Subtotal: money(o.Totals.Subtotal), Discount: money(o.Totals.Discount),
		Tax: money(o.Totals.Tax), TaxIn: o.Cart.PricesIncludeTax, Delivery: money(o.Totals.Delivery),
		Tip: money(o.Totals.Tip), Due: stamp(o.Due), DenyOverdue: o.DenyOverdue, MaxAttempts: o.MaxAttempts,
		SkipCapture: o.SkipCapture, RefundDetails: refundDetailsOf(t, o),
	}
}

func clientOf(p domain.Person) clientObject {
	return clientObject{Email: p.Email, Phone: p.Phone, FirstName: p.FirstName, LastName: p.LastName, LegalName: p.LegalName}
}

func shownAddress(a domain.Address) addressObject {
	return addressObject{Line1: a.Line1, Line2: a.Line2, City: a.City, Postcode: a.Postcode, Area: a.Area, Country: a.Country}
}

func products(o *domain.Order) []product {
	money := o.Cart.Currency.Format
	all := make([]product, len(o.Cart.Lines))
	for i, l := range o.Cart.Lines {
		sums := o.Totals.Lines[i]
		all[i] = product{
			SKU: l.SKU, Title: l.Name(), Price: money(l.Price), Quantity: l.Quantity,
			TaxPercent: l.TaxPercent.String(), DiscountPercent: l.DiscountPercent.String(),
			DiscountAmount: money(l.DiscountAmount), Subtotal: money(sums.Gross),
			Discount: money(sums.Discount + sums.OrderDiscount), Tax: money(sums.Tax), Total: money(sums.Total),
		}
	}
	return all
}

func refundDetailsOf(t *till.Till, o *domain.Order) refundDetails {
	money, sums := o.Cart.Currency.Format, o.Sums()
	details := refundDetails{Refunded: money(sums.Returned()), Pending: money(sums.RefundPending), Refunds: []refundObject{}}
	var refundable domain.Amount
	for _, p := range o.Payments {
		refundable += p.Sums.Refundable()
		details.Refunds = append(details.Refunds, refundObjects(t, o, p)...)
	}
	details.Refundable = money(refundable)
	return details
}

func full(t *till.Till, o *domain.Order) fullOrder {
	f := fullOrder{
		standardOrder: standard(t, o), Payments: []paymentObject{}, StatusChanges: []statusChange{},
		Attention: orEmpty(o.Attention()), Notices: []orderNotice{}, Overrides: []override{}, Metadata: o.Metadata, Version: o.Version,
	}
	for _, p := range o.Payments {
		f.Payments = append(f.Payments, paymentOf(t, o, p))
	}
	for _, s := range o.Steps {
		if s.Machine == domain.OrderMachine.Name && s.From != s.To {
			f.StatusChanges = append(f.StatusChanges, statusChange{s.To, stamp(s.At), s.Source, s.Why})
		}
	}
	for _, n := range o.Notices() {
		f.Notices = append(f.Notices, orderNotice{n.Event, stamp(n.At), n.Payment})
	}
	for _, over := range o.Overrides {
		f.Overrides = append(f.Overrides, override{over.Seq, stamp(over.At), over.Actor, over.By, over.Subject, over.What})
	}
	f.Permitted, f.Refused = sorted(t.OrderActions(o))
	return f
}

// sorted parts the actions that are possible from those that are not, with the reason.
func sorted(choices []till.Choice) (permitted []string, refused map[string]string) {
	permitted, refused = []string{}, map[string]string{}
	for _, c := range choices {
		if c.Refusal == "" {
			permitted = append(permitted, c.Action)
		} else {
			refused[c.Action] = c.Refusal
		}
	}
	return permitted, refused
}

// orEmpty makes a list that is an empty one in JSON where there is nothing, not null.
func orEmpty[T any](all []T) []T { return append([]T{}, all...) }
