package sandbox

// end is how a call with some response code ended.
type end int

const (
	taken     end = iota // done
	refused              // they said no
	notTaken             // refused as invalid before it was taken
	undecided            // taken, or under way, and not decided
	broken               // it broke down: nobody knows
)

// The codes that the engine gives by itself.
const (
	approvedCode      = "10000"
	captureNotAllowed = "capture_not_allowed"
	captureTooLarge   = "capture_value_greater_than_remaining_authorized"
	voidNotAllowed    = "void_not_allowed"
	voidAmountInvalid = "void_amount_invalid"
	refundNotAllowed  = "refund_not_allowed"
	refundTooLarge    = "refund_amount_exceeds_balance"
	noSuchPayment     = "payment_not_found"
	amountInvalid     = "amount_invalid"
	currencyInvalid   = "currency_invalid"
	currencyMismatch  = "currency_mismatch"
	keyRequired       = "idempotency_key_required"
	keyConflict       = "409"
	referenceRequired = "reference_required"
	cardRequired      = "card_required"
	cvvInvalid        = "cvv_invalid"
	expiryInvalid     = "expiry_invalid"
	unsupported       = "operation_not_supported"
	operationDeclined = "operation_declined"
	accepted          = "accepted"
	keyRunning        = "key_running"
	tooManyCalls      = "too_many_requests"
	serverError       = "server_error"
	connectionRefused = "connection_refused"
)

// code is what a response code means. The class is that of a decline.
type code struct {
	end      end
	class    string
	sentence string
	status   int // of HTTP, for the wire
}

// codes has every code that the sandbox gives, in the words of Checkout.com's reference.
var codes = map[string]code{
	approvedCode: {taken, "", "Approved", 201},

	"20005": {refused, "soft", "Declined: do not honour", 201},
	"20012": {refused, "soft", "Invalid transaction", 201},
	"20014": {refused, "soft", "Invalid card number", 201},
	"20051": {refused, "soft", "Insufficient funds", 201},
	"20054": {refused, "soft", "Expired card", 201},
	"20062": {refused, "soft", "Restricted card", 201},
	"20063": {refused, "soft", "Security violation", 201},
	"20068": {refused, "soft", "Response received too late", 201},
	"20087": {refused, "soft", "Bad track data or wrong CVV", 201},
	"30033": {refused, "hard", "Expired card, pick up", 201},
	"30041": {refused, "hard", "Lost card, pick up", 201},
	"30043": {refused, "hard", "Stolen card, pick up", 201},
	"40101": {refused, "risk", "Payment blocked by risk rules", 201},

	captureNotAllowed: {refused, "", "There is no hold to capture", 403},
	captureTooLarge:   {refused, "", "The capture is larger than the hold", 422},
	voidNotAllowed:    {refused, "", "There is no hold to void", 403},
	voidAmountInvalid: {refused, "", "Only the whole hold can be voided", 422},
	refundNotAllowed:  {refused, "", "Nothing has been captured that could be refunded", 403},
	refundTooLarge:    {refused, "", "The refund is larger than what was captured and not yet refunded", 422},
	noSuchPayment:     {refused, "", "There is no such payment", 404},

	operationDeclined: {refused, "", "The bank said no", 201},

	accepted:   {undecided, "", "Accepted, and not decided yet", 202},
	keyRunning: {undecided, "", "A call under this idempotency key is still running", 409},

	connectionRefused: {notTaken, "", "The connection was refused", 0},
	tooManyCalls:      {notTaken, "", "There were too many requests", 429},
	serverError:       {broken, "", "The gateway broke down", 500},

	amountInvalid:     {notTaken, "", "The amount is not valid", 422},
	currencyInvalid:   {notTaken, "", "The currency is not valid", 422},
	currencyMismatch:  {notTaken, "", "The payment is in another currency", 422},
	keyRequired:       {notTaken, "", "An idempotency key is required", 422},
	keyConflict:       {notTaken, "", "The idempotency key was used for something else", 409},
	referenceRequired: {notTaken, "", "A payment reference is required", 422},
	cardRequired:      {notTaken, "", "A card is required", 422},
	cvvInvalid:        {notTaken, "", "The CVV has the wrong length", 422},
	expiryInvalid:     {notTaken, "", "The expiry is not a month", 422},
	unsupported:       {notTaken, "", "The sandbox can't do that", 422},
}
