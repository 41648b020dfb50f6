package reply

// spanish is the table of Spanish, of America and of Spain: tú, usted, vos, ustedes and vosotros. A ~ after a word
// stands for the pronouns that are written onto it: "salta~" is salta, saltalo, saltatelo.
var spanish = lexicon{
	language: Spanish, groups: spanishGroups, rows: concat(spanishCommands, spanishHints, spanishArguments, spanishFrames, spanishTalk),
	endings: "lo la los las me te se nos os le les melo mela melos melas telo tela telos telas selo sela selos selas " +
		"noslo nosla noslos noslas oslo osla",
	typed: `saltar omitir retrasar retrasarlo posponer aplazar atrasar postergar pausar suspender reanudar reactivar
		deshacer cambiar sustituir reemplazar semanas semana meses pedido envio entrega suscripcion paquete agregar
		siguiente proximo saltalo saltenlo`,
	accents: "sí salté saltó retrasé retrasó atrasó pausé pausó envié envió mandé mandó cancelé canceló brincó omití omitió pospuse",
}

const spanishGroups = `
	CL me|te|se|lo|la|los|las|nos|os|le|les|ya|lo_de|la_de
	PL porfa|porfavor|por_favor|xfa|xfavor|xf|pf|plis|pliss|pls|plz|porfis|porfi|porfas|please
	DET el|la|los|las|lo|mi|mis|nuestro|nuestra|nuestros|nuestras|este|esta|ese|esa|su|tu|sus|tus|del|al|aquel|aquella|un|una|l
	MY mi|mis|nuestro|nuestra|nuestros|nuestras|la|el|los|las|esta|este|sus|su|tu
	NEXT proximo|proxima|siguiente|prox|sig|proximos|proximas|siguientes|que_viene|q_viene|que_sigue|que_toca|entrante
	THING pedido|orden|envio|embio|entrega|caja|cajita|paquete|paquetito|remesa|compra|encomienda|despacho|order|box
	THINGS pedidos|ordenes|envios|entregas|cajas|paquetes|compras|despachos|suscripciones|productos
	ORDERS pedidos|ordenes|envios|entregas|compras|despachos
	SUB suscripcion|subscripcion|suscripciones|subscripciones|subscription|plan|membresia|servicio|cuenta
	BAGS paquetico|paqueticos|paquetito|paquetitos|bolsa|bolsas|bolsita|bolsitas|paquete|paquetes|caja|cajas|lata|latas|bote|botes|frasco|frascos|unidad|unidades|botella|botellas|sobre|sobres|piezas|pieza
	NUM un|una|uno|dos|tres|cuatro|cinco|seis|siete|ocho|varias|varios|muchas|muchos|algunas|algunos|unas|unos|1|2|3|4|5|6|7|8|9|10
	WARES cafe|te|bolsa|bolsas|bolsita|bolsitas|paquete|paquetes|caja|cajas|producto|productos|latas|botes|frascos|capsulas|granos|cafecito
	CAN puedes|puede|pueden|podes|podeis|podrias|podria|podrian|podriais|podras|podran|podra|puedo|podemos|podriamos|podre|puedas|puedan
	WANT quiero|queremos|kiero|qiero|quisiera|quisieramos|quisiese|deseo|deseamos|desearia|necesito|necesitamos|nesecito|nesesito|ocupo|ocupamos|prefiero|preferimos|preferiria|prefeririamos|qisiera|kisiera|me_gustaria|nos_gustaria|m_gustaria|queria|querria|querriamos|queriamos|me_interesa
	DO haz|haga|hagan|haced|hagame|haganme|hazme
	MUCH mucho|mucha|muchos|muchas|muchisimo|muchisima|bastante|bastantes|suficiente|suficientes|demasiado|demasiada|demasiados|de_sobra|de_mas|un_monton|un_monton_de|harto|harta|hartos|hartas|un_chingo|un_chorro|monton|tanto|tanta|tantos|tantas|de_todo|lleno|llena|algo|algo_de
	HAVE tengo|tenemos|tngo|me_queda|me_quedan|nos_queda|nos_quedan|hay|queda|quedan|me_sobra|me_sobran|nos_sobra|nos_sobran|tenia|teniamos|conservo
	STILL todavia|aun|ya|sigo|todabia|aun_asi|aqui|en_casa
	BE estoy|estamos|estare|estaremos|ando|andamos|voy_a_estar|vamos_a_estar|me_encuentro|estaba|voy|vamos|salgo|salimos|me_voy|nos_vamos|saldre|saldremos|ire|iremos|andare
	AWAY de_viaje|de_vacaciones|viajando|fuera|fuera_de_casa|fuera_de_la_ciudad|fuera_del_pais|de_viaje_de_trabajo|fuera_de_mi_casa|fuera_de_la_casa|en_otra_ciudad|en_el_extranjero|de_mudanza|mudandome|mudandonos|de_mudanzas|en_el_hospital|enfermo|enferma|en_cama|sin_dinero|sin_trabajo|sin_plata|sin_lana|sin_un_peso|corto_de_dinero|corta_de_dinero|cortos_de_dinero|sin_chamba|quebrado|quebrada|apretado|apretada|apretados
	NOWW ya|ahora|ahorita|hoy|hoy_mismo|ahora_mismo|ya_mismo|cuanto_antes|lo_antes_posible|lo_mas_pronto_posible|enseguida|en_seguida|inmediatamente|de_inmediato|de_una|de_una_vez|al_tiro|lo_mas_rapido_posible|asap|ahorita_mismo|luego_luego|cuanto_antes_posible
	SEND shipea~|shipees|shipeen~|shipear~|manda~|mande~|manden~|mandad~|mandar~|mandes|mandeis|mandas|mandan|envia~|envie~|envien~|enviad~|enviar~|envies|envieis|envias|envian|despacha~|despache~|despachen~|despachar~|surtan~|surtir~|surte~|entrega~|entreguen~|entregue~|entregar~|embia~|embien~|embie~|embiar~|expidan|remitan|remitir
	LINK enlace|link|liga|vinculo|url|linc|enlase
	NADA nada|ninguno|ninguna|ningun_pedido|ningun_envio|nada_de_nada|ni_uno
`

var spanishCommands = []row{
	{role: verb, means: Delay, trait: weak, say: `
		no|ya_no|que_no CL? CL? CL? SEND nada? sino|antes|hasta de|que|el|la|hasta?
		no que? CL? CL? llegue|lleguen nada? sino|antes|hasta de|que|el|la|hasta?
	`},
	{role: verb, means: Skip, say: `
		saltar~|salta~|salten~|saltad~|saltaos|saltemos~|saltemonos|saltes|salteis|saltas|saltame~|sltar|saltr|satlar|slatar|saltarr|slatr|satla|satlalo|satlar~|saltat|saltra|saltara|saltaran|saltaras|saltatr|salatr|sakltar|salltar|salltalo|saltalo|zaltar|saltallo|saltaloo
		salte~
		skip|skipping|skipp|skp|sikp
		saltear~|saltea~|salteen~|saltee~|saltees|saltead~|salteas
		omitir~|omite~|omita~|omitan~|omitid~|omitiera~|omitieran~|omitas|omitis|omitamos~|omiti~|omtir|omitr|omiitir|hommitir|omitrlo|omitirr
		brincar~|brinca~|brinque~|brinquen~|brinques|brincas|brinquense~|brinquemos~
		skipear~|skipea~|skipeen~|skipee~|esquipear~|esquipea~|esquipeen~|skipealo|skipiar~|skipeame~|skippear~|skippea~
		hacer|haz|hagan|haga|hacele|hazle|haganle|den|dale|denle|dele un? skip|salto a?
		darle|dar skip a?
	`},
	{role: verb, means: Skip, say: `
		por? este|esta|esa mes|vez|semana|ocasion|vuelta no CL? gracias|SEND|quiero|queremos?
		no|ni por|x? este|esta mes|vez|ocasion|semana
		no CL? CL? SEND nada por|x|en? este|esta mes|vez|ocasion|semana
	`},
	{role: verb, means: Skip, trait: weak, say: `
		salto|me_salto|nos_saltamos|saltamos|brinco|brincamos|omito|omitimos|salteamos|salteo
		paso|pasamos|pasar|pasare|pasaremos|pasaria de?
		no CL? CL? SEND nada|ninguno|ninguna?
		no CL? CL? WANT que? CL? CL? SEND nada|ninguno?
		no CL? CL? WANT que? CL? CL? llegue|llegara nada|ninguno?
		no que? CL? CL? llegue|lleguen nada|ninguno|ninguna?
		no CL? WANT|hace_falta|hay_necesidad_de|es_necesario|necesita recibir~ nada|ninguno|ninguna?
		no CL? hace_falta|hay_necesidad|es_necesario de|que|CL? que? CL? CL? SEND|recibir~ nada|ninguno?
		prescindir|prescindo|dejar_fuera|dejen_fuera|deja_fuera|dejalo_fuera|dejenlo_fuera|sacar|saquen de?
		quita~|quite~|quiten~|quitar~|salta_te
	`},
	{role: verb, means: Skip, trait: vague, say: `
		cancela~|cancele~|cancelen~|cancelar~|canceles|cancelas|anula~|anule~|anulen~|anular~|anules|elimina~|eliminen~|eliminar~|cancelacion|cansela~|canselar~|canselen~
		saltado|saltados|saltada|omitido|omitida|saltando|saltandome|saltandolo|omitiendo
		no lo|la|los|las WANT|hace_falta este_mes|esta_vez?
		no CL? WANT|hace_falta este|esta|ese|esa|el_de|la_de|mas|otro|otra|el_proximo|la_proxima
		ya no lo|la|los|las? WANT
	`},
	{role: verb, means: Skip, trait: vague, say: `
		saltan|omiten|omites|brincan|saltean
		no CL? WANT|hace_falta|necesitamos DET? THING
		no CL? WANT|hace_falta DET? THING de este mes|envio
	`},
	{role: verb, means: Pause, trait: vague, say: `
		pausan
	`},
	{role: verb, means: Delay, trait: vague, say: `
		retrasan|retrasas|atrasan|aplazan|aplazas|posponen|pospones|mueven|mueves|postergan|recorren|corren
	`},
	{role: verb, means: Swap, trait: vague, say: `
		cambian|cambias
	`},
	{role: verb, means: Skip, trait: done, say: `
		que quede|este saltado|omitido
	`},
	{role: verb, means: Delay, say: `
		delayear~|delayea~|delayeen~|delayeenlo|retrasar~|retrasa~|retrase~|retrasen~|retrases|retrasad~|retraseis|retrasaran~|retrasara~|retrasemos~|retraso_de|rerasar|retrazar~|retraza~|retrazen~|retrsar|retarsar|retrasr|restrasar|retrasarr|retasar|rertasar
		atrasar~|atrasa~|atrase~|atrasen~|atrases|atrasaran~|atrasara~|atrasad~|atrasemos~|atrazar~|atraza~|atrazen~|atrasr|atarsar
		posponer~|pospon~|posponga~|pospongan~|posponed~|pospone~|pospongas|pospusieran~|pospusiera~|pospongamos~|posponr|pospner|posponganlo|posponiendo|posponer|pspner|postponer~|postpon~|postponga~|postpongan~|postpone~
		aplazar~|aplaza~|aplace~|aplacen~|aplaces|aplazaran~|aplazara~|aplazad~|aplacemos~|aplasar~|aplasa~|aplasen~|aplazr
		postergar~|posterga~|postergue~|posterguen~|postergues|postergad~|posterguemos~
		diferir~|difiere~|difieran~|difiera~|reprogramar~|reprograma~|reprogramen~|reprograme~|reprogramad~|reagendar~|reagenda~|reagenden~|reagende~|recalendarizar~|prorrogar~|prorroga~|prorroguen~
		cambiar~|cambia~|cambie~|cambien~|cambio|mover~|mueve~|muevan~|mueva~|correr~|corran~|modificar~|modifica~|modifiquen~|cambiarle|cambiarme|cambiame|cambienme|ajustar~|reajustar~ de? MY? fecha|dia|fechas|calendario de? MY? THING|llegada|entrega|envio?
		otra fecha|dia
		una fecha posterior|mas_tarde|mas_adelante
		delay|delya|dealy
		retraso|aplazamiento|prorroga
		dar~|dale|denle|dame|denme|deme una? prorroga
	`},
	{role: verb, means: Delay, trait: vague, say: `
		no CL? CL? SEND NOWW|todavia|aun
		todavia|aun no CL? CL? SEND
	`},
	{role: verb, means: Delay, trait: weak, say: `
		demorar~|demora~|demore~|demoren~|demores|demorad~
		mover~|mueve~|mueva~|muevan~|muevas|moved~|move~|movamos~|muebanlo|muebalo|muevelo
		correr~|corre~|corra~|corran~|corras|recorrer~|recorre~|recorra~|recorran~|recorralo|recorramos~
		pasa~|pase~|pasen~|pasar~|pasame~|pasad~|pases a|al|para|pal|hasta|por
		pasalo|pasala|pasenlo|pasenla|paselo|pasela|pasarlo|pasarla|pasamelo|pasenmelo|pasarmelo
		empuja~|empujen~|empujar~|alarga~|alarguen~|alargar~|extender~|extiende~|extiendan~|espaciar~|espaciarlo|dejar~|deja~|dejen~|deje~ para|pa|hasta|pal
		esperar~|espera~|esperen~|esperense~|espere~|esperate~|aguarden~|aguanta~|aguanten~|aguantar~|retener~|reten~|retengan~|guarda~|guarden~|guardar~|guardenme~ hasta|a|al|para|que|un|una|otra|otro|unos|unas|1|2|3|4?
		manda~|manden~|envia~|envien~|mandar~|enviar~|entreguen~|entregar~ mas|hasta tarde|adelante
	`},
	{role: verb, means: Pause, say: `
		pausar~|pausa~|pause~|pausen~|pauses|pausad~|pausas|pausemos~|puasar~|puasa~|pasuar|pausr|pausaar|pausae|pausalo|pauzar~|pauza~
		poner~|pon~|ponga~|pongan~|poned~|pone~|ponme|meter~|meta~|metan~|dejar~|deja~|dejen~|deje~|mete~ MY? SUB|THING|THINGS|todo|todos? en pausa|espera|pause|stand_by|standby|suspenso|hold
		en pausa
		hacer|haz|hagan|haga|hacemos|tomar~|tomarme|tomar|tomo|tomare|tomamos|tomaremos|darme|dame|denme|deme|darnos un|una pausa|descanso|break|paron|parentesis|respiro
		suspender~|suspende~|suspenda~|suspendan~|suspendas|suspended~|suspendamos~|suspendr|suspnder
		congelar~|congela~|congele~|congelen~|congeles
		detener~|deten~|detenga~|detengan~|detene~ temporalmente? MY SUB|THING|THINGS
		interrumpir~|interrumpe~|interrumpan~|interrumpa~
	`},
	{role: verb, means: Pause, trait: weak, say: `
		un? descanso|descansito|receso
		descansar~|descansa|descanso|descansemos|descansaremos de?
		detener~|deten~|detenga~|detengan~|detene~
	`},
	{role: verb, means: Pause, trait: limited, say: `
		dejar|deja|dejen|deje|dejad|para|paren|pare|parad|parar|pares|cesen|cese|stop de mandar~|enviar~|embiar~|despachar~|cobrar~|surtir~ nada?
		parar|paren|pare|para MY|lo THING|THINGS|SUB|cafe
		paren|parar con? el|los|las|mi|mis cafe|te|envios|pedidos|entregas
	`},
	{role: verb, means: Resume, say: `
		reanudar~|reanuda~|reanude~|reanuden~|reanudad~|reanudemos~|reanudr|reaundar|renudar~|renuda~|reanudra
		reactivar~|reactiva~|reactive~|reactiven~|reactivad~|reactivame~
		retomar~|retoma~|retome~|retomen~|retomemos~
		continuar~|continua~|continue~|continuen~|continuemos~ con? MY? SUB|THING|THINGS|envios?
		quitar~|quita~|quite~|quiten~|saca~|saquen~|sacar~|terminar~|termina~|terminen~|acaba~|acaben~|levanta~|levanten~|levantar~|fin la|mi|esa|de|de_la? la? pausa
		quitar~|quita~|quiten~|sacar~|saca~|saquen~ de la? pausa
		volver~|vuelva~|vuelvan~|vuelve~|regresen~|empezar|empiecen|empieza|empiece|comenzar|comiencen|comienza|iniciar|arrancar|arranquen a|con mandar~|enviar~|recibir~|surtir~|despachar~|MY? cafe|te|THING|THINGS? otra_vez|de_nuevo|nuevamente?
		volver~|vuelva~|vuelvan~|vuelve~ a? activar~|empezar
		despausar~|despausa~|despausen~|desbloquear~|desbloqueen~|descongelar~|descongela~|descongelen~|unpause
		activar~|activa~|active~|activen~ MY? SUB|todo|la|lo? de_nuevo|otra_vez|nuevamente
	`},
	{role: verb, means: Resume, trait: vague, say: `
		empezar|comenzar|iniciar|arrancar|continuar|seguir otra_vez|de_nuevo?
	`},
	{role: verb, means: Undo, say: `
		deshacer~|deshaz~|deshaga~|deshagan~|desacer~|desaz~ el|ese|mi|este|la|lo|los|esa salto|skip|cambio|retraso|pausa|aplazamiento|cambios|omision|ultimo|de_antes|anterior|delay
		deshacer~|deshaz~|deshaga~|deshagan~|deshagas|deshace~|deshaced~|desacer~|desaz~|deshacelo|deshas~|deshacr|deshcer|desahcer
		revertir~|revierte~|revierta~|reviertan~|reverti
		desaltar~|desalta~|dessaltar~|unskip|desomitir~|desskipear~
		anula~|anulen~|anular~|quita~|quiten~|quitar~|cancela~|cancelen~|cancelar~|borra~|borren~|elimina~|eliminen~ el|ese|mi|la|esa|lo_del? salto|skip|cambio|retraso|aplazamiento|ultimo_cambio|omision|atraso|delay
		volver~|vuelve~|vuelvan~|vuelva~ a poner~|agendar~|programar~|meter~|incluir~|agregar~|activar~
		poner~|pon~|pongan~|ponga~ de_nuevo|de_vuelta|otra_vez|nuevamente
		regresa~|regresen~|regresar~|devuelve~|devuelvan~ todo? como_estaba|a_como_estaba|a_su_fecha|a_la_fecha_original|a_la_fecha_de_antes|como_antes
		restaurar~|restaura~|restauren~|restablecer~|restablezcan~|restablece~
		dejar~|deja~|dejen~|deje~|dejad~ como|igual_que estaba|antes|estaba_antes
		como estaba antes
	`},
	{role: verb, means: Undo, trait: vague, say: `
		cambie de opinion|parecer|idea
		he|hemos cambiado de opinion|idea|parecer
		cambiamos de opinion|idea
		me|nos equivoque|equivocamos|arrepenti|arrepentimos|confundi|confundimos|he_equivocado|he_arrepentido
		fue un? error|sin_querer|equivocacion|por_error|accidente
		siempre si CL? quiero|queremos|mandenlo|mandalo?
	`},
	{role: verb, means: Now, trait: vague | sends, say: `
		SEND
	`},
	{role: verb, means: Now, trait: vague, say: `
		adelantar~|adelanta~|adelante~|adelanten~|anticipar~|anticipa~|anticipen~
	`},
	{role: verb, means: Now, say: `
		SEND el|la|mi|lo|uno|una|un? THING? NOWW
		NOWW SEND
		lo|la|los|las necesito|ocupo|quiero|necesitamos|queremos|kiero NOWW
		que|q CL? llegue|manden|salga|envien NOWW
	`},
	{role: verb, means: Swap, trait: vague, say: `
		probar~|prueba|tomar|cambiarme_a|pasarme_a
	`},
	{role: verb, means: Now, trait: faint, say: `
		ahora|ahorita|ya_mismo|ahora_mismo|hoy_mismo
	`},
	{role: verb, means: Now, trait: vague, say: `
		lo|la|los|las? necesito|ocupo|urge|necesitamos urgente|urgentemente|pronto|rapido|antes|con_urgencia
		CL urge|corre_prisa
		que CL? llegue antes|mas_pronto|pronto
		ya no? tengo|tenemos|queda|me_queda cafe|te|nada
		no CL? queda|quedan|tengo|tenemos|hay nada? de? mas? cafe|te|nada
		CL acabo|termino el|mi|todo_el|todo? cafe|te?
		se CL? CL? acabo|esta_acabando|termino|acabaron|va_a_acabar el|mi|todo_el|todo? cafe|te?
		me|nos quede|quedamos|estoy_quedando sin MY? cafe|te|nada
	`},
	{role: verb, means: Swap, trait: sends, say: `
		cambiar~|cambia~|cambie~|cambien~|cambiad~|cambies|cambiemos~|cambiame~|canbiar~|canbia~
	`},
	{role: verb, means: Swap, say: `
		sustituir~|sustituye~|sustituya~|sustituyan~|substituir~|reemplazar~|reemplaza~|reemplace~|reemplacen~|remplazar~|remplaza~|remplacen~|intercambiar~|intercambia~|intercambien~|canjear~|canjea~|canjeen~|trocar~
	`},
	{role: verb, means: "", trait: sends, say: `
		que|q|k CL? CL? sean|sea|llegue|lleguen|salga|llegara|entreguen|venga|quede|quiero_que_sean|traigan
		poner~|pon~|ponga~|pongan~|poned~|pone~|ponme|ponganme|ponle|ponganle
		dar~|dame|deme|denme|traigan~|traeme|traiganme|trae~
		hacer~|haz~|haga~|hagan~ que? sean?
		mejor? que CL? sean
		cambia~|cambiar~|cambien~|deja~|dejen~|subir~|sube~|suban~|bajar~|baja~|bajen~|aumentar~|aumenta~|aumenten~|reducir~|reduce~|reduzcan~ la_cantidad? a|en
	`},
	{role: verb, trait: sends | vague, say: `
		puede|podria|podra|pueden|pudiera|podrian CL? ser|llegar|salir|venir|mandarse|enviarse
		que|q tal|te_parece|les_parece|tal_si|tal_el
	`},
	{role: verb, means: Quantity, say: `
		cambiar~|cambia~|cambien~|modificar~|ajustar~|subir~|bajar~|aumentar~|reducir~ MY? cantidad|cantidades|cuantas_bolsas|cuantos_recibo|el_numero_de_bolsas
		cantidad|cantidades|ctd|cant de?
	`},
	{role: verb, means: Quantity, trait: more, say: `
		agregar~|agrega~|agregue~|agreguen~|anadir~|anade~|anada~|anadan~|sumar~|suma~|sumen~|sume~|incluir~|incluye~|incluyan~|aumentar~|aumenta~|aumenten~|adiciona~|adicionen~|agreganos|echa~|echen~
	`},
	{role: verb, means: Quantity, trait: less, say: `
		restar~|resta~|resten~|disminuir~|disminuye~
	`},
}
