package reply

// spanishSayings is the same in Spanish.
var spanishSayings = sayings{language: Spanish, groups: `
	UNO pedido|orden|opcion|fecha|envio|caja|entrega|dia|producto
	UNOS pedidos|ordenes|opciones|fechas|envios|cajas|entregas|dias|productos
	THE el|la|los|las
`, rows: []sayingRow{
	{wrapping, 0, `
		por favor|favorcito
		mijo|mija|amigo|amiga|jefe|compa|carnal|oiga|senorita|senor|joven
		porfa|porfavor|porfis|xfa|xfavor|gracias|graciass
		muchas|mil gracias por_todo?
		gracias por avisar|todo|la_ayuda|preguntar
		pues|este|esta|ese|esa|entonces|ah|eh|mmm
		creo|supongo que?
		digo que
		que sea|seria
		es|seria|seran
		para|pa mi
		vamos con
		elijo|escojo|escogo
		de|en|para
		UNO|UNOS
		mi|mis
		hola|oye|buenas
		suscripcion|suscripciones
		tambien
		esta vez
	`},
	{narrowing, 0, `
		solo|solamente|nomas|nada_mas|unicamente
	`},
	{wanting, 0, `
		quiero|prefiero|quisiera|dame|deme|denme|ponme|pongame|mandame|mandenme
		me quedo con
		me gusta|gustaria
		me? funciona|sirve|conviene|va_bien
		esta bien|perfecto
	`},
	{article, 0, `
		el|la|los|las|lo|del|al
		el|la|del|al dia|fecha
	`},
	{marking, 0, `
		numero|num|opcion|pedido
	`},
	{declined, 0, `
		ninguno|ninguna|ningun|ningunos|nada
		ninguno|ninguna de THE|esos|esas|estos|estas|ellos|ellas dos|tres?
		ninguno|ninguna me late|gusta|sirve|conviene|funciona|va_bien
		ninguno|ninguna de esos|esas|estos|estas|ellos|ellas
		ni uno|el_uno ni otro|el_otro
		ni una|la_una ni otra|la_otra
		ni uno|una
		olvidalo|olvidelo|dejalo|dejelo|dejalos
		dejalo asi
		no importa
	`},
	{hesitating, 0, `
		espera|espere|esperen|esperate|quizas|quiza|aguanta
		tal vez
		no se cual|cuales|todavia|aun|bien?
		un momento|momentito|segundo
		no estoy seguro|segura
		dejame|dejeme pensar pensarlo|pensar?
	`},
	{correcting, 0, `
		mejor|digo|perdon
		mejor dicho
		quise|quiero decir
	`},
	{withholding, 0, `
		no lo|la|los|las|me? mandes|mande|manden|envies|envie|envien|cobres|cobre|cobren todavia|ahora|aun?
		no lo? quiero|queremos todavia|ahora|aun?
	`},
	{charging, 0, `
		cobralo|cobrelo|cobrame|cobrenme|cobreme
		cobra|cobren|cargalo|carguelo a_mi_tarjeta?
	`},
	{declined, 0, `
		ya? cambie|cambio de opinion|idea
		ya no
	`},
	{excluding, 0, `
		ni
	`},
	{keeping, 0, `
		deja|dejen|deje
	`},
	{excepting, 0, `
		excepto|menos|salvo
	`},
	{butting, 0, `
		pero
	`},
	{joining, 0, `
		e
		y tambien
		y THE
		mas THE?
	`},
	{offering, 0, `
		o|cualquiera|cualquier
		cualquiera de THE dos|UNOS
		uno|una|alguno|alguna de THE|ellos|ellas|esos|esas dos|UNOS?
	`},
	{numbering, 1, `
		uno
	`},
	{numbering, 2, `
		dos
	`},
	{numbering, 3, `
		tres
	`},
	{numbering, 4, `
		cuatro
	`},
	{numbering, 5, `
		cinco
	`},
	{numbering, 6, `
		seis
	`},
	{numbering, 7, `
		siete
	`},
	{numbering, 8, `
		ocho
	`},
	{numbering, 9, `
		nueve
	`},
	{numbering, 10, `
		diez
	`},
	{placing, 1, `
		primero|primera|primer
	`},
	{placing, 2, `
		segundo|segunda
	`},
	{placing, 3, `
		tercero|tercera|tercer
	`},
	{placing, 4, `
		cuarto|cuarta
	`},
	{placing, 5, `
		quinto|quinta
	`},
	{placing, 6, `
		sexto|sexta
	`},
	{placing, 7, `
		septimo|septima
	`},
	{placing, 8, `
		octavo|octava
	`},
	{firstly, 2, `
		dos|2 primeros|primeras
		primeros|primeras dos|2
	`},
	{lastly, 1, `
		ultimo|ultima UNO?
	`},
	{lastly, 2, `
		dos|2 ultimos|ultimas
		ultimos|ultimas dos|2
	`},
	{middling, 0, `
		THE de|del|de_en medio|enmedio
	`},
	{soonest, 0, `
		THE mas temprano|temprana|pronto|cercano|cercana
		THE que? viene|llega|sale|va|toca primero|antes
		THE mas prontito|prontita|proximo|proxima
	`},
	{latest, 0, `
		THE mas tarde|tardio|tardia|lejano|lejana
		THE que? viene|llega|sale|va|toca despues|ultimo
	`},
	{leftover, 0, `
		otro|otra UNO?
	`},
	{everyone, 0, `
		todo|todos|todas
		todo|todos|todas THE|mis UNOS?
		todos|todas ellos|ellas
	`},
	{everyone, 2, `
		ambos|ambas dos|UNOS?
		los|las dos|2 UNOS?
		todos|todas los|las dos|2
	`},
	{everyone, 3, `
		todos? los|las tres|3 UNOS?
		todas? las tres|3 UNOS?
	`},
	{everyone, 4, `
		todos? los|las cuatro|4 UNOS?
		todas? las cuatro|4 UNOS?
	`},
}}
